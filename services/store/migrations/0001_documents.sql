-- Documents in the order of storing: a number is never used twice, so that a place in the list stays the same place.
CREATE TABLE document (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  request_id TEXT UNIQUE,           -- NULL: none
  uri TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,      -- of content.bytes
  sha256 TEXT NOT NULL,             -- of content.bytes, hexadecimal
  create_time_us INTEGER NOT NULL,  -- since 1970-01-01T00:00:00Z
  latest_day INTEGER,               -- since 1970-01-01; NULL: the figures name no day
  reading_options BLOB NOT NULL
) STRICT;

-- What is large lies apart, so that the rows of `document` stay close together.
CREATE TABLE content (
  document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE validation (
  document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
  bytes BLOB NOT NULL
) STRICT;

-- The statistics and areas that documents speak of, each once: the indices below hold short numbers in their place.
CREATE TABLE name (
  number INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- Which documents state which statistic of which area.
CREATE TABLE series (
  indicator INTEGER NOT NULL REFERENCES name,
  ref_area INTEGER NOT NULL REFERENCES name,
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  latest_day INTEGER NOT NULL,      -- of the document; the least integer for NULL
  PRIMARY KEY (indicator, ref_area, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX series_by_day ON series (indicator, ref_area, latest_day, document);
CREATE INDEX series_by_indicator ON series (indicator, document);
CREATE INDEX series_by_ref_area ON series (ref_area, document);
CREATE INDEX series_by_document ON series (document);

-- A name stays as long as a document speaks of it.
CREATE TRIGGER name_unused AFTER DELETE ON series BEGIN
  DELETE FROM name
  WHERE number IN (OLD.indicator, OLD.ref_area)
    AND NOT EXISTS (SELECT 1 FROM series WHERE indicator = name.number)
    AND NOT EXISTS (SELECT 1 FROM series WHERE ref_area = name.number);
END;
