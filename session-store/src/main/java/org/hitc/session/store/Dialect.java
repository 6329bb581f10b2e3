package org.hitc.session.store;

/** In what the engines' SQL differs. */
enum Dialect {
  /** One writer at a time, who knows from the beginning that he will write. */
  SQLITE(
      "BEGIN IMMEDIATE",
      "BINARY",
      "",
      "SELECT count(*) FROM sqlite_schema WHERE name = '" + Schema.HISTORY + "'"),

  /** Rows that somebody else is at are left to him, so that nodes which clean up do not wait. */
  POSTGRESQL(
      "BEGIN",
      "\"C\"",
      " FOR UPDATE SKIP LOCKED",
      "SELECT count(to_regclass('" + Schema.HISTORY + "'))");

  private final String begin;
  private final String bytewise;
  private final String removeExpired;
  private final String hasHistory;

  Dialect(String begin, String bytewise, String lock, String hasHistory) {
    this.begin = begin;
    this.bytewise = bytewise;
    this.hasHistory = hasHistory;
    // Materialized: a planner that ran the inner query again would remove more than asked for.
    this.removeExpired =
        "WITH old AS MATERIALIZED (SELECT kind, id FROM entry WHERE expires <= ?"
            + " ORDER BY expires LIMIT ?"
            + lock
            + ") DELETE FROM entry WHERE (kind, id) IN (SELECT kind, id FROM old)";
  }

  /** Begins a transaction that is going to write. */
  String begin() {
    return begin;
  }

  /** Name of the collation that compares texts by their bytes. */
  String bytewise() {
    return bytewise;
  }

  /** Removes what is past its time; parameters: the moment, how many at most. */
  String removeExpired() {
    return removeExpired;
  }

  /** 1 when there is a history of migrations, else 0. */
  String hasHistory() {
    return hasHistory;
  }
}
