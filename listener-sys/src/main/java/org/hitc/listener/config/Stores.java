package org.hitc.listener.config;

import org.hitc.session.store.SqliteStore;
import org.hitc.session.store.Store;

/** Opens the store that the configuration names. */
public final class Stores {
  private Stores() {}

  /**
   * The store of this installation; one file in the state folder.
   *
   * @throws org.hitc.session.store.StoreException when it cannot be opened
   */
  public static Store open(ListenerConfig config) {
    return SqliteStore.open(config.state().resolve("store.db"));
  }
}
