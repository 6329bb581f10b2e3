package org.hitc.session.store;

import java.sql.SQLException;

/** Something to do with the table on a thread of the store. */
@FunctionalInterface
interface Work<T> {
  T on(EntryTable table) throws SQLException;
}
