"""Reads for screens and the API. Days are reporting days, both ends included; `as_of` says how fresh a figure is."""

from backline.listening.queries.beats import (
    BeatFigures,
    Leaders,
    Movement,
    beats_in_period,
    leaders,
    moved_most,
    plays_of_beats,
)
from backline.listening.queries.downloads import Download, DownloadPage, recent_downloads
from backline.listening.queries.figures import (
    Figures,
    Receipts,
    Totals,
    artist_figures,
    artist_today,
    artist_totals,
    beat_figures,
    beat_totals,
    freshness,
)
from backline.listening.queries.live import Live, live
from backline.listening.queries.news import Crossing, FirstCountry, News, Swing, since_yesterday
from backline.listening.queries.series import (
    DayPoint,
    HourPoint,
    artist_hours,
    artist_series,
    beat_hours,
    beat_series,
)

__all__ = [
    "BeatFigures",
    "Crossing",
    "DayPoint",
    "Download",
    "DownloadPage",
    "Figures",
    "FirstCountry",
    "HourPoint",
    "Leaders",
    "Live",
    "Movement",
    "News",
    "Receipts",
    "Swing",
    "Totals",
    "artist_figures",
    "artist_hours",
    "artist_series",
    "artist_today",
    "artist_totals",
    "beat_figures",
    "beat_hours",
    "beat_series",
    "beat_totals",
    "beats_in_period",
    "freshness",
    "leaders",
    "live",
    "moved_most",
    "plays_of_beats",
    "recent_downloads",
    "since_yesterday",
]
