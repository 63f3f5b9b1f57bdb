-- The listening store, version 1. Numbers of accounts, terms and artist sets are dense and never reused.
-- Days are days since 1970 in the reporting zone; instants are milliseconds since 1970.

CREATE TABLE IF NOT EXISTS account (no INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS term (no INTEGER PRIMARY KEY, kind INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE (kind, text));
CREATE TABLE IF NOT EXISTS artist_set (no INTEGER PRIMARY KEY, artists TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS artist_in_set (
    artist_id INTEGER NOT NULL, set_no INTEGER NOT NULL, PRIMARY KEY (artist_id, set_no)
) WITHOUT ROWID;

-- Signed-out listeners: numbers that mean something for one day; salt and keys go when the day closes.
CREATE TABLE IF NOT EXISTS day_salt (
    day INTEGER PRIMARY KEY, salt BLOB NOT NULL, visitors INTEGER NOT NULL, addresses INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS visitor (day INTEGER NOT NULL, key BLOB NOT NULL, no INTEGER NOT NULL, PRIMARY KEY (day, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS address (day INTEGER NOT NULL, key BLOB NOT NULL, no INTEGER NOT NULL, PRIMARY KEY (day, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS address_account (
    day INTEGER NOT NULL, address INTEGER NOT NULL, account INTEGER NOT NULL, PRIMARY KEY (day, address, account)
) WITHOUT ROWID;

-- Ids of everything acknowledged in the last four days: a repeated event changes nothing.
CREATE TABLE IF NOT EXISTS event_id (id BLOB PRIMARY KEY, day INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS open_listen (
    id BLOB PRIMARY KEY, beat INTEGER NOT NULL, artists INTEGER NOT NULL, listener INTEGER NOT NULL,
    address INTEGER NOT NULL, day INTEGER NOT NULL, hour INTEGER NOT NULL, started_ms INTEGER NOT NULL,
    first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL, heard BLOB NOT NULL, beat_ms INTEGER NOT NULL, flags INTEGER NOT NULL,
    device INTEGER NOT NULL, platform INTEGER NOT NULL, browser INTEGER NOT NULL, country INTEGER NOT NULL,
    source INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS open_listen_idle ON open_listen (last_ms);
CREATE INDEX IF NOT EXISTS open_listen_artists ON open_listen (artists, last_ms);

-- The log: rows are only ever added.
CREATE TABLE IF NOT EXISTS listen (
    seq INTEGER PRIMARY KEY, id BLOB NOT NULL, beat INTEGER NOT NULL, artists INTEGER NOT NULL,
    listener INTEGER NOT NULL, address INTEGER NOT NULL, day INTEGER NOT NULL, hour INTEGER NOT NULL,
    started_ms INTEGER NOT NULL, logged_ms INTEGER NOT NULL, played_ms INTEGER NOT NULL,
    distinct_ms INTEGER NOT NULL, furthest_ms INTEGER NOT NULL, beat_ms INTEGER NOT NULL, flags INTEGER NOT NULL,
    device INTEGER NOT NULL, platform INTEGER NOT NULL, browser INTEGER NOT NULL, country INTEGER NOT NULL,
    source INTEGER NOT NULL, heard BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS listen_verdict (seq INTEGER PRIMARY KEY, verdict INTEGER NOT NULL, rules INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS download_event (
    seq INTEGER PRIMARY KEY, id BLOB NOT NULL, beat INTEGER NOT NULL, artists INTEGER NOT NULL,
    listener INTEGER NOT NULL, day INTEGER NOT NULL, hour INTEGER NOT NULL, at_ms INTEGER NOT NULL,
    flags INTEGER NOT NULL, licence_type TEXT NOT NULL, licence_url TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS download_event_listener ON download_event (listener, beat, seq);
CREATE TABLE IF NOT EXISTS download_verdict (seq INTEGER PRIMARY KEY, verdict INTEGER NOT NULL, rules INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS verdict_change (
    no INTEGER PRIMARY KEY, seq INTEGER NOT NULL, verdict INTEGER NOT NULL, case_id INTEGER, reason TEXT NOT NULL,
    at_ms INTEGER NOT NULL
);
-- Where in the log a day's rows are.
CREATE TABLE IF NOT EXISTS day_span (day INTEGER PRIMARY KEY, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS download_span (day INTEGER PRIMARY KEY, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL);

-- Likes and follows: those of other platforms' listeners arrive as events; what holds now is in `mark`.
CREATE TABLE IF NOT EXISTS mark_event (
    seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, target INTEGER NOT NULL, account INTEGER NOT NULL,
    artists INTEGER NOT NULL, day INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS mark (
    kind INTEGER NOT NULL, target INTEGER NOT NULL, account INTEGER NOT NULL, artists INTEGER NOT NULL,
    day INTEGER NOT NULL, PRIMARY KEY (kind, target, account)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS impression_day (
    beat_id INTEGER NOT NULL, day INTEGER NOT NULL, impressions INTEGER NOT NULL, PRIMARY KEY (beat_id, day)
) WITHOUT ROWID;

-- How far the fold got in each source, and when.
CREATE TABLE IF NOT EXISTS watermark (name TEXT PRIMARY KEY, seq INTEGER NOT NULL, at_ms INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS artist_day (
    artist_id INTEGER NOT NULL, day INTEGER NOT NULL, plays INTEGER NOT NULL, downloads INTEGER NOT NULL,
    received INTEGER NOT NULL, visits INTEGER NOT NULL, likes INTEGER NOT NULL, follows INTEGER NOT NULL,
    licences INTEGER NOT NULL, sales INTEGER NOT NULL, completions INTEGER NOT NULL, heard_ms INTEGER NOT NULL,
    accounts BLOB NOT NULL, download_accounts BLOB NOT NULL, visitors BLOB NOT NULL, hours BLOB NOT NULL,
    rejections BLOB NOT NULL, download_rejections BLOB NOT NULL, terms BLOB NOT NULL,
    PRIMARY KEY (artist_id, day)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS beat_day (
    beat_id INTEGER NOT NULL, day INTEGER NOT NULL, plays INTEGER NOT NULL, downloads INTEGER NOT NULL,
    received INTEGER NOT NULL, visits INTEGER NOT NULL, likes INTEGER NOT NULL, follows INTEGER NOT NULL,
    licences INTEGER NOT NULL, sales INTEGER NOT NULL, completions INTEGER NOT NULL, heard_ms INTEGER NOT NULL,
    accounts BLOB NOT NULL, download_accounts BLOB NOT NULL, visitors BLOB NOT NULL, hours BLOB NOT NULL,
    rejections BLOB NOT NULL, download_rejections BLOB NOT NULL, terms BLOB NOT NULL,
    PRIMARY KEY (beat_id, day)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS artist_total (
    artist_id INTEGER PRIMARY KEY, first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, plays INTEGER NOT NULL,
    downloads INTEGER NOT NULL, received INTEGER NOT NULL, visits INTEGER NOT NULL, likes INTEGER NOT NULL,
    follows INTEGER NOT NULL, licences INTEGER NOT NULL, sales INTEGER NOT NULL, completions INTEGER NOT NULL,
    heard_ms INTEGER NOT NULL, accounts BLOB NOT NULL, download_accounts BLOB NOT NULL, rejections BLOB NOT NULL,
    download_rejections BLOB NOT NULL, terms BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS beat_total (
    beat_id INTEGER PRIMARY KEY, first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, plays INTEGER NOT NULL,
    downloads INTEGER NOT NULL, received INTEGER NOT NULL, visits INTEGER NOT NULL, likes INTEGER NOT NULL,
    follows INTEGER NOT NULL, licences INTEGER NOT NULL, sales INTEGER NOT NULL, completions INTEGER NOT NULL,
    heard_ms INTEGER NOT NULL, accounts BLOB NOT NULL, download_accounts BLOB NOT NULL, rejections BLOB NOT NULL,
    download_rejections BLOB NOT NULL, terms BLOB NOT NULL
);
-- Counted downloads of an artist, newest first on the page.
CREATE TABLE IF NOT EXISTS artist_download (
    artist_id INTEGER NOT NULL, at_ms INTEGER NOT NULL, seq INTEGER NOT NULL, day INTEGER NOT NULL,
    PRIMARY KEY (artist_id, at_ms, seq)
) WITHOUT ROWID;
-- Plays by the minute in which they became final, for the last minutes only.
CREATE TABLE IF NOT EXISTS artist_minute (
    artist_id INTEGER NOT NULL, minute INTEGER NOT NULL, plays INTEGER NOT NULL, PRIMARY KEY (artist_id, minute)
) WITHOUT ROWID;
