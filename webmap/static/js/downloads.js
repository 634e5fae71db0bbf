// Pages that offer files and have no other script: in WeChat's browser their links say what to do instead.

import { init } from "./ui/wechat.js";

init();
