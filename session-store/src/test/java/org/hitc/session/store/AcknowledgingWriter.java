package org.hitc.session.store;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of its own that writes until it is killed. Each of its threads makes pairs of entries,
 * replaces the first of each, and prints what the store has acknowledged, one line each: {@code
 * round-thread-number version}.
 */
final class AcknowledgingWriter {
  static final int THREADS = 4;

  private AcknowledgingWriter() {}

  public static void main(String[] args) {
    Store store = SqliteStore.open(Path.of(args[0]));
    for (int i = 0; i < THREADS; i++) {
      String prefix = args[1] + "-" + i + "-";
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
    }
  }

  private static void acknowledged(boolean written) {
    if (!written) {
      throw new IllegalStateException("nobody else writes these entries");
    }
  }

  static Key left(String name) {
    return new Key(Kind.JOB, name);
  }

  static Key right(String name) {
    return new Key(Kind.PAGE, name);
  }
}
