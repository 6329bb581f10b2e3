package org.hitc.session.store;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of its own that writes until it is killed. Each of its threads makes pairs of entries,
 * replaces the first of each, deletes every third pair again, and prints what the store has
 * acknowledged, one line each: {@code round-thread-number step}, where step is 1, 2 or {@link
 * #GONE}.
 *
 * <p>Arguments: the round; then the file of an embedded store, or port and password file of a
 * server.
 */
final class AcknowledgingWriter {
  static final int THREADS = 4;

  /** The step that deletes. */
  static final int GONE = 3;

  private static final int EVERY = 3;

  private AcknowledgingWriter() {}

  public static void main(String[] args) {
    Store store =
        args.length == 2
            ? SqliteStore.open(Path.of(args[1]))
            : PostgresStore.open(
                new PostgresSettings(
                    "127.0.0.1",
                    Integer.parseInt(args[1]),
                    "hitc",
                    "hitc",
                    Path.of(args[2]),
                    new Tls.Off()));
    for (int i = 0; i < THREADS; i++) {
      String prefix = args[0] + "-" + i + "-";
      Thread.ofPlatform().start(() -> write(store, prefix, System.out));
    }
  }

  private static void write(Store store, String prefix, PrintStream out) {
    for (int number = 0; ; number++) {
      Key left = left(prefix + number);
      Key right = right(prefix + number);
      byte[] body = new byte[number % 3000];
      acknowledged(
          store.write(
              List.of(
                  Change.create(left, "", Entry.NEVER, body),
                  Change.create(right, "", Entry.NEVER, body))));
      out.println(prefix + number + " 1");
      acknowledged(
          store.write(Change.replace(store.read(left).orElseThrow(), Entry.NEVER, new byte[10])));
      out.println(prefix + number + " 2");
      if (isDeleted(number)) {
        acknowledged(
            store.write(
                List.of(
                    Change.delete(store.read(left).orElseThrow()),
                    Change.delete(store.read(right).orElseThrow()))));
        out.println(prefix + number + " " + GONE);
      }
    }
  }

  private static void acknowledged(boolean written) {
    if (!written) {
      throw new IllegalStateException("nobody else writes these entries");
    }
  }

  /** True for a pair that is deleted as its third step. */
  static boolean isDeleted(int number) {
    return number % EVERY == 0;
  }

  static Key left(String name) {
    return new Key(Kind.SESSION, name);
  }

  static Key right(String name) {
    return new Key(Kind.PAGE, name);
  }
}
