"""Builds the sample county: ``python data/sample/build.py --out DIR``.

Writes one GeoParquet file per layer (EPSG:4490, columns of the layer's declaration) and ``sample.json`` with the
period and number of rows of each layer. The same each time; the data are as of 2026-11-20.
"""

import argparse
import json
from pathlib import Path

import disputes
import environment
import indicators
import industry
import landuse
import orchards
import organisations
import pandas as pd
import parks
import registers
import roads
import services
import shapely
import water
from county import build_county
from fields import build_fields
from frame import AS_OF, CENSUS
from outsiders import place_outsiders
from spots import Spots
from tables import write

PERIODS = {"villages": "2023", "settlements": CENSUS[:4], "counties": "2023", "townships": "2023"}


def build() -> dict[str, pd.DataFrame]:
    """Every layer's table by layer id."""
    county = build_county()
    outsiders = place_outsiders(county)
    rivers = water.bodies(county)
    wet = shapely.union_all([body.shape for body in rivers])
    stock = build_fields(county, wet)
    chosen = orchards.choose(stock)
    planted = {field.label for crop, field in chosen if crop not in orchards.HERBS}
    network, streets = roads.tables(county, outsiders)
    tables = registers.tables(county) | water.tables(rivers) | network
    tables |= orchards.tables(chosen) | landuse.tables(county, stock, planted, wet)
    spots = Spots(county, outsiders, wet)
    tables |= services.tables(spots) | parks.tables(spots) | industry.tables(spots)
    tables |= organisations.tables(spots, tables["deliberation-halls"])
    tables |= environment.tables(county, rivers, streets)
    tables |= disputes.tables(county)
    return tables | indicators.tables(county, tables)


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the sample county.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the parquet files")
    folder = parser.parse_args().out
    tables = build()
    write(tables, folder)
    layers = {
        layer: {"period": PERIODS.get(layer, AS_OF), "rows": len(rows)}
        for layer, rows in sorted(tables.items())
    }
    note = {
        "period": AS_OF,
        "periods": {layer: item["period"] for layer, item in layers.items()},
        "layers": layers,
    }
    (folder / "sample.json").write_text(json.dumps(note, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
