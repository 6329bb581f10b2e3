/**
 * Where sessions, visits, pages and jobs are kept: entries with a version, whose only write is an
 * atomic conditional update. All SQL of the product is in this package: statements in {@code
 * EntryTable}, the table in the files of {@code migration}.
 *
 * <p>{@link org.hitc.session.store.SqliteStore} is embedded, {@link
 * org.hitc.session.store.PostgresStore} serves several nodes. {@link
 * org.hitc.session.store.Migration} is for the {@code hitc} command alone.
 *
 * <p><b>SECURITY.</b> The store is reached by the sys side alone and is believed: what the listener
 * wrote comes back. When it cannot answer, the answer is {@link
 * org.hitc.session.store.StoreException} and whoever asked refuses; nothing is ever assumed in its
 * place. Keys, owners and bodies are bound as parameters, never made part of a statement.
 */
@NullMarked
package org.hitc.session.store;

import org.jspecify.annotations.NullMarked;
