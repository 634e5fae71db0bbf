// The first page of a report as it will be printed: made by a job once, and what that job wrote is the file that is taken away.

import * as api from "../core/api.js";
import { t } from "../core/i18n.js";
import { send } from "../core/send.js";
import { debounce } from "../ui/dom.js";

const WAIT_MS = 600;
const POLL_MS = 500;
export const A4 = { width: 210, height: 297 };

export class FirstPage {
  /** @type {AbortController | undefined} */
  abort;
  asked = "";

  /** @param {import("./preview.js").Preview} preview
   * @param {(words: string, wrong?: boolean) => void} say what it is at, or what is wrong; nothing when there is nothing to say */
  constructor(preview, say) {
    this.preview = preview;
    this.say = say;
    this.later = debounce((/** @type {Record<string, string>} */ words) => this._look(words), WAIT_MS);
  }

  /** Show the page of these words once they rest; the same again asks for nothing.
   * @param {Record<string, string>} words
   * @param {boolean} anew whether something else stands in its place now */
  ask(words, anew = false) {
    const key = JSON.stringify(words);
    if (key === this.asked && !anew) return;
    this.abort?.abort();
    this.asked = key;
    this.abort = new AbortController();
    this.later(words);
  }

  stop() {
    this.abort?.abort();
    this.asked = "";
  }

  /** @param {Record<string, string>} words */
  async _look(words) {
    const signal = this.abort?.signal;
    if (!signal || signal.aborted || this.asked !== JSON.stringify(words)) return;
    const address = `/api/sheets/reports/page?${new URLSearchParams(words)}`;
    try {
      let page = await picture(address, signal);
      if (!page) {
        this.say(t("正在准备首页"));
        if (!(await this._made(words, signal))) return void this.say("");
        page = await picture(address, signal);
      }
      if (!page || signal.aborted) return;
      this.say("");
      this.preview.page(page, A4, words.format === "docx" ? t("首页，DOCX 的分页以文档软件为准") : t("首页，和做出来的文件一样"));
    } catch (error) {
      if (!signal.aborted) this.say(error.message, true);
    }
  }

  /** Whether a worker has made it; work that nobody waits for any more is taken back.
   * @param {Record<string, string>} words
   * @param {AbortSignal} signal */
  async _made(words, signal) {
    const { id } = await send("/api/jobs", { kind: "report", plan: { ...words, preview: "1" } });
    for (;;) {
      await new Promise((done) => setTimeout(done, POLL_MS));
      /** @type {Api.WatchedJob} */
      const job = await api.get(`/api/jobs/${id}?lang=${document.documentElement.dataset.lang}`);
      if (job.state === "failed") throw new api.ApiError(job.error ?? {});
      if (job.state === "done") return true;
      if (job.state === "cancelled") return false;
      if (signal.aborted || !job.worker) {
        await send(`/api/jobs/${id}`, null, "DELETE").catch(() => null);
        return false;
      }
    }
  }
}

/** The picture at an address, null until it is made.
 * @param {string} address
 * @param {AbortSignal} signal */
async function picture(address, signal) {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw await api.problem(answer);
  return answer.status === 204 ? null : answer.blob();
}
