package org.hitc.listener.node;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hitc.session.file.PrivateFile;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;

/**
 * The names of nodes in a store that they share. A name belongs to the state folder that took it
 * first, told apart by a random id in it, until {@code hitc store settle} says that this node is
 * gone. No lease and no clock: a node that is only slow never loses its name.
 */
public final class NodeNames {
  /** In the state folder. A copy of that folder must not become another node. */
  public static final String FILE = "node.id";

  private static final int ID_BYTES = 16;
  private static final String ID = "[0-9a-f]{" + 2 * ID_BYTES + "}";

  private final Store store;
  private final String id;

  private NodeNames(Store store, String id) {
    this.store = store;
    this.id = id;
  }

  /**
   * For the node of this state folder, which gets its id (mode 0600) if it has none.
   *
   * @throws IOException when the id cannot be read or made
   */
  public static NodeNames open(Store store, Path state, SecureRandom random) throws IOException {
    Path file = state.resolve(FILE);
    byte[] fresh = new byte[ID_BYTES];
    random.nextBytes(fresh);
    String id = HexFormat.of().formatHex(fresh);
    try {
      PrivateFile.create(file, new ByteArrayInputStream(id.getBytes(US_ASCII)));
    } catch (FileAlreadyExistsException _) {
      id = new String(PrivateFile.read(file, 2 * ID_BYTES), US_ASCII);
    }
    if (!id.matches(ID)) {
      throw new IOException(file + " is not the id of a node");
    }
    return new NodeNames(store, id);
  }

  /**
   * Takes a name for this node.
   *
   * @return false when another node has it
   * @throws org.hitc.session.store.StoreException when the store cannot answer
   */
  public boolean take(String name) {
    return store.write(Change.create(key(name), id, Entry.NEVER, new byte[0])) || has(name);
  }

  /** True when this node has taken the name. */
  public boolean has(String name) {
    return store.read(key(name)).filter(taken -> taken.owner().equals(id)).isPresent();
  }

  /** Every name that this node has taken: that of now, and those from before it was renamed. */
  public Set<String> all() {
    return store.list(Kind.NODE, id, Store.MAX_LIST).stream()
        .map(taken -> taken.key().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Gives up a name, whoever has taken it; nothing may run under it any more. */
  public static void release(Store store, String name) {
    store.read(key(name)).ifPresent(taken -> store.write(Change.delete(taken)));
  }

  private static Key key(String name) {
    return new Key(Kind.NODE, name);
  }
}
