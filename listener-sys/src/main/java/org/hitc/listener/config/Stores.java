package org.hitc.listener.config;

import java.nio.file.Path;
import java.util.Optional;
import org.hitc.session.store.PostgresSettings;
import org.hitc.session.store.PostgresStore;
import org.hitc.session.store.SqliteStore;
import org.hitc.session.store.Store;

/** Opens the store that the configuration names. */
public final class Stores {
  /** Name of the embedded store in the state folder. */
  public static final String FILE = "store.db";

  private Stores() {}

  /**
   * The store of this installation: its own file, or the server that several nodes share.
   *
   * @throws org.hitc.session.store.StoreException when it cannot be opened
   */
  public static Store open(ListenerConfig config) {
    Optional<PostgresSettings> server = config.node().server();
    return server.isPresent()
        ? PostgresStore.open(server.get())
        : SqliteStore.open(embedded(config));
  }

  /** The file of the embedded store. */
  public static Path embedded(ListenerConfig config) {
    return config.state().resolve(FILE);
  }
}
