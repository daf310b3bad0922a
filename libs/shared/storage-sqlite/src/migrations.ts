/**
 * The physical store, one SQL script a version; never change one that was released, add the next. Times are
 * milliseconds since 1970 and hours whole hours since 1970, both UTC; tones and confidences are whole millionths.
 */
export const migrations: readonly string[] = [
  /* 1 */ `
  CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    host TEXT NOT NULL,
    name TEXT NOT NULL,
    paused INTEGER NOT NULL DEFAULT 0,
    gone INTEGER NOT NULL DEFAULT 0,
    next_poll_at INTEGER NOT NULL,
    asked INTEGER NOT NULL DEFAULT 0, -- a poll was asked for since the last lease
    lease_token TEXT,
    lease_until INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL              -- the Source as JSON, its health included
  ) STRICT;
  CREATE INDEX sources_due ON sources (next_poll_at);

  CREATE TABLE articles (
    number INTEGER PRIMARY KEY,     -- in the order of storing; a name of its own keeps it through VACUUM
    id TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    publisher TEXT,
    language TEXT,
    published_at INTEGER NOT NULL,
    dated INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    stored_at INTEGER NOT NULL,
    hour INTEGER NOT NULL,          -- the bucket: hour of published_at
    expires_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'scored', 'failed', 'skipped')),
    reason TEXT,
    changes INTEGER NOT NULL DEFAULT 0,
    receives INTEGER NOT NULL DEFAULT 0,
    lease_token TEXT,
    available_at INTEGER NOT NULL DEFAULT 0, -- end of the lease, or when to try again
    delivered_at INTEGER,           -- first hand-over to a scorer
    sent_at INTEGER,                -- last hint on the scoring queue
    scored_at INTEGER,
    label TEXT,
    negative REAL, neutral REAL, positive REAL,
    confidence REAL,
    tone INTEGER,
    uncertain INTEGER,
    model_id TEXT,
    model_revision TEXT
  ) STRICT;
  CREATE INDEX articles_by_time ON articles (published_at DESC, id DESC);
  CREATE INDEX articles_pending ON articles (stored_at, number, available_at, expires_at, receives, sent_at) WHERE state = 'pending';
  CREATE INDEX articles_by_state ON articles (state, published_at DESC, id DESC);
  CREATE INDEX articles_expiry ON articles (expires_at);
  CREATE INDEX articles_by_model ON articles (hour, model_id, model_revision) WHERE state = 'scored';

  CREATE TABLE article_sources (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    source_id TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    position INTEGER NOT NULL,      -- 0 for the source that listed it first
    listed TEXT,                    -- fingerprint of what it lists now, where that differs from what is stored
    PRIMARY KEY (article_id, source_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX article_sources_by_time ON article_sources (source_id, published_at DESC, article_id DESC);

  CREATE TABLE article_topics (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    topic_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, topic_id, version)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX article_topics_by_time ON article_topics (topic_id, version, published_at DESC, article_id DESC);

  CREATE TABLE rollups (
    scope TEXT NOT NULL,            -- scopeKey of the kernel
    hour INTEGER NOT NULL,
    negative INTEGER NOT NULL,
    neutral INTEGER NOT NULL,
    positive INTEGER NOT NULL,
    tone_sum INTEGER NOT NULL,
    tone_squares INTEGER NOT NULL,
    PRIMARY KEY (scope, hour)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX rollups_by_hour ON rollups (hour);

  CREATE TABLE observed_hours (
    source_id TEXT NOT NULL,        -- '' for any source
    hour INTEGER NOT NULL,
    PRIMARY KEY (source_id, hour)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX observed_by_hour ON observed_hours (hour);

  CREATE TABLE sightings (
    source_id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    PRIMARY KEY (source_id, article_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sightings_by_time ON sightings (last_seen);

  CREATE TABLE topics (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    ready_version INTEGER,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE topic_versions (
    topic_id TEXT NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    rule TEXT NOT NULL,             -- PhraseRule as JSON
    position TEXT,                  -- how far the back-fill has come
    PRIMARY KEY (topic_id, version)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE access_keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('read', 'write')),
    digest TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  INSERT INTO meta VALUES ('store', lower(hex(randomblob(8)))), ('watermark', '0');

  -- Words as the kernel's foldedWordsOf gives them (since version 3; before, wordsOf).
  -- It holds no copy of the text: who inserts an article inserts its words; the trigger takes them away with it.
  CREATE VIRTUAL TABLE article_words USING fts5 (
    words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M*'"
  );
  CREATE TRIGGER articles_words_removed AFTER DELETE ON articles BEGIN
    DELETE FROM article_words WHERE rowid = old.number;
  END;
  `,
  /* 2: an article is known by its page, by a source's guid and by its title, and a source's last document is remembered */ `
  CREATE TABLE article_keys (
    key TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX article_keys_by_article ON article_keys (article_id);

  CREATE TABLE listings (
    source_id TEXT PRIMARY KEY,
    prints TEXT NOT NULL,           -- of the items of its last document, with spaces between
    kept_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- When a source was last polled, or added: in the future where a clock was ahead then.
  ALTER TABLE sources ADD COLUMN touched_at INTEGER NOT NULL DEFAULT 0;
  UPDATE sources SET touched_at = coalesce(json_extract(body, '$.health.lastPolledAt'), json_extract(body, '$.addedAt'), 0);
  CREATE INDEX sources_touched ON sources (touched_at);
  `,
  /* 3: a search finds words with and without their accents */ `
  INSERT INTO article_words (article_words) VALUES ('delete-all');
  INSERT INTO article_words (rowid, words) SELECT number, folded_words(title || ' ' || summary) FROM articles;
  `,
  /* 4: a host that asked to be left alone is spared by all its sources */ `
  ALTER TABLE sources ADD COLUMN spares_until INTEGER; -- of the host that health.sparedHost in the body names
  CREATE INDEX sources_sparing ON sources (spares_until) WHERE spares_until IS NOT NULL;
  `,
  /* 5: articles of one event are a story; those that are stored already are each a story of their own */ `
  ALTER TABLE articles ADD COLUMN joined_story TEXT; -- the id of the story's first article; NULL where it is the first
  CREATE INDEX articles_by_story ON articles (joined_story, published_at DESC, id DESC) WHERE joined_story IS NOT NULL;
  `,
  /* 6: a key may be for one feed only */ `
  CREATE TABLE access_keys_with_feed (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('read', 'write', 'feed')),
    feed TEXT CHECK ((feed IS NOT NULL) = (role = 'feed')),
    digest TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  INSERT INTO access_keys_with_feed SELECT id, name, role, NULL, digest, created_at FROM access_keys;
  DROP TABLE access_keys;
  ALTER TABLE access_keys_with_feed RENAME TO access_keys;
  `,
  /* 7: a reader's judgement counts instead of the model's score, which is kept beside it */ `
  CREATE TABLE judgements (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    published_at INTEGER NOT NULL,
    label TEXT NOT NULL CHECK (label IN ('negative', 'neutral', 'positive')),
    judged_at INTEGER NOT NULL,
    model_sentiment TEXT NOT NULL   -- the Sentiment as JSON; the article's own columns hold what it counts with
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX judgements_by_time ON judgements (published_at DESC, article_id DESC);
  `,
  /* 8: roll-ups by day, for long periods; triggers keep them in step with the hours. Stories need none. */ `
  CREATE TABLE daily_rollups (
    scope TEXT NOT NULL,
    day INTEGER NOT NULL,           -- whole days since 1970, UTC
    negative INTEGER NOT NULL,
    neutral INTEGER NOT NULL,
    positive INTEGER NOT NULL,
    tone_sum INTEGER NOT NULL,
    tone_squares INTEGER NOT NULL,
    PRIMARY KEY (scope, day)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO daily_rollups SELECT scope, hour / 24, sum(negative), sum(neutral), sum(positive), sum(tone_sum), sum(tone_squares)
    FROM rollups WHERE scope NOT BETWEEN 'y:' AND 'y;' GROUP BY scope, hour / 24;
  CREATE TRIGGER rollups_added AFTER INSERT ON rollups WHEN new.scope NOT BETWEEN 'y:' AND 'y;' BEGIN
    INSERT INTO daily_rollups VALUES (new.scope, new.hour / 24, new.negative, new.neutral, new.positive, new.tone_sum, new.tone_squares)
      ON CONFLICT (scope, day) DO UPDATE SET negative = negative + excluded.negative, neutral = neutral + excluded.neutral,
        positive = positive + excluded.positive, tone_sum = tone_sum + excluded.tone_sum, tone_squares = tone_squares + excluded.tone_squares;
  END;
  CREATE TRIGGER rollups_changed AFTER UPDATE ON rollups WHEN new.scope NOT BETWEEN 'y:' AND 'y;' BEGIN
    UPDATE daily_rollups SET negative = negative + new.negative - old.negative, neutral = neutral + new.neutral - old.neutral,
      positive = positive + new.positive - old.positive, tone_sum = tone_sum + new.tone_sum - old.tone_sum, tone_squares = tone_squares + new.tone_squares - old.tone_squares
      WHERE scope = new.scope AND day = new.hour / 24;
  END;
  CREATE TRIGGER rollups_removed AFTER DELETE ON rollups WHEN old.scope NOT BETWEEN 'y:' AND 'y;' BEGIN
    UPDATE daily_rollups SET negative = negative - old.negative, neutral = neutral - old.neutral, positive = positive - old.positive,
      tone_sum = tone_sum - old.tone_sum, tone_squares = tone_squares - old.tone_squares WHERE scope = old.scope AND day = old.hour / 24;
    DELETE FROM daily_rollups WHERE scope = old.scope AND day = old.hour / 24 AND negative = 0 AND neutral = 0 AND positive = 0 AND tone_sum = 0 AND tone_squares = 0;
  END;
  `,
  /* 9: alerts; columns for what queries use, the rest as JSON */ `
  CREATE TABLE alert_rules (id TEXT PRIMARY KEY, version INTEGER NOT NULL, created_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE TABLE alert_channels (id TEXT PRIMARY KEY, created_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE TABLE alert_episodes (id TEXT PRIMARY KEY, rule_id TEXT NOT NULL, closed_at INTEGER, body TEXT NOT NULL) STRICT; -- ids sort by their first hour
  CREATE INDEX alert_episodes_by_rule ON alert_episodes (rule_id, id);
  CREATE INDEX alert_episodes_closed ON alert_episodes (closed_at) WHERE closed_at IS NOT NULL;
  CREATE TABLE alert_tellings (id TEXT PRIMARY KEY, channel_id TEXT NOT NULL, episode_id TEXT NOT NULL, event TEXT NOT NULL, available_at INTEGER NOT NULL) STRICT;
  CREATE INDEX alert_tellings_due ON alert_tellings (available_at);
  CREATE TABLE alert_deliveries (
    id TEXT PRIMARY KEY,            -- sorts by the time it was made
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    available_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX alert_deliveries_by_state ON alert_deliveries (state, available_at);
  CREATE INDEX alert_deliveries_made ON alert_deliveries (created_at);
  `,
  /* 10: digests and their editions; deliveries of them stand in alert_deliveries */ `
  CREATE TABLE digests (id TEXT PRIMARY KEY, version INTEGER NOT NULL, created_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE TABLE digest_editions (id TEXT PRIMARY KEY, due_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT; -- ids sort by when they were due
  CREATE INDEX digest_editions_due ON digest_editions (due_at);
  `,
  /* 11: observed hours as bits of a day: a row for each hour of each source was most of a small store */ `
  CREATE TABLE observed_days (
    source_id TEXT NOT NULL,        -- '' for any source
    day INTEGER NOT NULL,           -- whole days since 1970, UTC
    hours INTEGER NOT NULL,         -- bit 0 is the hour from 00:00
    PRIMARY KEY (source_id, day)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX observed_by_day ON observed_days (day);
  INSERT INTO observed_days SELECT source_id, hour / 24, sum(1 << (hour % 24)) FROM observed_hours GROUP BY source_id, hour / 24;
  DROP TABLE observed_hours;
  `,
  /* 12: notes on the timeline */ `
  CREATE TABLE notes (
    id TEXT PRIMARY KEY,            -- begins with the time
    at INTEGER NOT NULL,            -- the time that it speaks of
    text TEXT NOT NULL,
    topic_id TEXT,
    source_id TEXT,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notes_by_time ON notes (at);
  `,
  /* 13: hours into which articles were imported, like observed_days for the hours in which a source was polled */ `
  CREATE TABLE imported_days (source_id TEXT NOT NULL, day INTEGER NOT NULL, hours INTEGER NOT NULL, PRIMARY KEY (source_id, day)) STRICT, WITHOUT ROWID;
  CREATE INDEX imported_by_day ON imported_days (day);
  `,
  /* 14: the canary that was sent last, beside the articles and none of them */ `
  CREATE TABLE canary (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, body TEXT NOT NULL, answer TEXT) STRICT;
  `,
  /* 15: totals of stories with at least two articles in each scope, so that the largest stories of months are found without adding up all */ `
  CREATE TABLE story_totals (
    story TEXT NOT NULL,            -- the id of its first article
    scope TEXT NOT NULL,            -- scopeKey of the kernel
    first_day INTEGER NOT NULL,     -- of its first article there; whole days since 1970, UTC
    more_days INTEGER NOT NULL,     -- from there to the day of its last one
    articles INTEGER NOT NULL,
    tone_sum INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (story, scope)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO story_totals
    WITH members AS MATERIALIZED (
      SELECT joined_story AS story, id, published_at, tone FROM articles WHERE joined_story IS NOT NULL AND state = 'scored'
      UNION ALL SELECT id, id, published_at, tone FROM articles WHERE id IN (SELECT joined_story FROM articles WHERE joined_story IS NOT NULL AND state = 'scored') AND state = 'scored' AND joined_story IS NULL
    ), told AS (
      SELECT story, 'all' AS scope, published_at, tone FROM members
      UNION ALL SELECT m.story, 's:' || s.source_id, m.published_at, m.tone FROM members m CROSS JOIN article_sources s ON s.article_id = m.id
      UNION ALL SELECT m.story, 't:' || t.topic_id || '@' || t.version, m.published_at, m.tone FROM members m CROSS JOIN article_topics t ON t.article_id = m.id
      UNION ALL SELECT m.story, 't:' || t.topic_id || '@' || t.version || '|s:' || s.source_id, m.published_at, m.tone
        FROM members m CROSS JOIN article_topics t ON t.article_id = m.id CROSS JOIN article_sources s ON s.article_id = m.id
    )
    SELECT story, scope, min(published_at) / 86400000, max(published_at) / 86400000 - min(published_at) / 86400000, count(*), sum(tone), min(published_at), max(published_at)
      FROM told GROUP BY story, scope HAVING count(*) > 1;
  CREATE INDEX story_totals_by_size ON story_totals (scope, first_day, articles DESC, last_at DESC, story, first_at, tone_sum, more_days);
  CREATE INDEX story_totals_long ON story_totals (scope, articles DESC, first_at, last_at) WHERE more_days > 3;
    `,
  /* 16: sessions of signed-in readers; only the digest of a token is stored */ `
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    role TEXT NOT NULL CHECK (role IN ('read', 'write', 'admin')),
    granted_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
