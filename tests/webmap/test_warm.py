"""What a fresh server works out before somebody waits for it."""

from datetime import date

from flask import Flask

from layers.disclosure import PUBLIC
from webmap import warm
from webmap.sheets.fonts import face
from webmap.sheets.plan import sheet_plan


def test_the_first_sheet_finds_fonts_and_boundaries_read(app: Flask) -> None:
    house = app.extensions["govmap"]
    face.cache_clear()
    warm.draw_once(house)
    assert face.cache_info().currsize == 2
    read = face.cache_info().misses
    plan = sheet_plan({"theme": "services"}, house)
    house.sheets.drawing(PUBLIC, plan, made_on=date.today()).picture(400)
    assert face.cache_info().misses == read
