package org.hitc.session.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code *.pub} file says: 64 lower-case hex digits in its first line, then, in this order,
 * as far as they apply, the lines {@code use audit}, {@code node NAME}, {@code since TIME} and
 * {@code until TIME}; times in whole seconds (ISO 8601, UTC).
 *
 * @param use what the private half signs
 * @param node the node whose key it is; empty: this one's
 * @param since when it began to be believed, if that is known
 * @param until when it stops being believed, if it was retired
 */
public record PublicKeyFile(
    PublicKey key,
    Use use,
    Optional<String> node,
    Optional<Instant> since,
    Optional<Instant> until) {

  /** A key serves one purpose only. */
  public enum Use {
    SESSION,
    AUDIT
  }

  private static final int MAX_BYTES = 256;
  private static final String NODE = "[a-z0-9][a-z0-9.-]{0,62}";

  /**
   * @throws IllegalArgumentException when the node has not the form of a name
   */
  public PublicKeyFile {
    if (node.filter(name -> !name.matches(NODE)).isPresent()) {
      throw new IllegalArgumentException("the name of a node is " + NODE);
    }
    since = since.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    until = until.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
  }

  /** A key of this node, for sessions, without end. */
  public static PublicKeyFile of(PublicKey key) {
    return new PublicKeyFile(
        key, Use.SESSION, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public PublicKeyFile withUse(Use other) {
    return new PublicKeyFile(key, other, node, since, until);
  }

  public PublicKeyFile withNode(String name) {
    return new PublicKeyFile(key, use, Optional.of(name), since, until);
  }

  public PublicKeyFile withSince(Instant time) {
    return new PublicKeyFile(key, use, node, Optional.of(time), until);
  }

  public PublicKeyFile withUntil(Instant time) {
    return new PublicKeyFile(key, use, node, since, Optional.of(time));
  }

  /** Whether it has not been retired before this time. */
  public boolean isBelieved(Instant now) {
    return until.isEmpty() || now.isBefore(until.get());
  }

  /** The name of its file. */
  public String fileName() {
    return key.id() + ".pub";
  }

  /** The text of its file. */
  public String text() {
    StringBuilder text = new StringBuilder(key.hex()).append('\n');
    if (use == Use.AUDIT) {
      text.append("use audit\n");
    }
    node.ifPresent(name -> text.append("node ").append(name).append('\n'));
    since.ifPresent(time -> Seconds.append(text.append("since "), time).append('\n'));
    until.ifPresent(time -> Seconds.append(text.append("until "), time).append('\n'));
    return text.toString();
  }

  /**
   * The other way.
   *
   * @throws IllegalArgumentException when it is not the text of such a file
   */
  public static PublicKeyFile parse(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    PublicKey key = PublicKey.ofHex(lines.isEmpty() ? "" : lines.removeFirst());
    Use use = Use.SESSION;
    if (!lines.isEmpty() && lines.getFirst().equals("use audit")) {
      use = Use.AUDIT;
      lines.removeFirst();
    }
    Optional<String> node = take(lines, "node ");
    Optional<Instant> since = take(lines, "since ").map(PublicKeyFile::time);
    Optional<Instant> until = take(lines, "until ").map(PublicKeyFile::time);
    if (!lines.isEmpty()) {
      throw new IllegalArgumentException("a line that no key file has, or in the wrong place");
    }
    return new PublicKeyFile(key, use, node, since, until);
  }

  /**
   * Reads a file.
   *
   * @throws KeyFileException when it holds anything else
   * @throws IOException when it cannot be read
   */
  public static PublicKeyFile load(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new KeyFileException(file + " is not a regular file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new KeyFileException(file + " is longer than " + MAX_BYTES + " bytes");
    }
    try {
      return parse(new String(bytes, US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new KeyFileException(file + ": " + e.getMessage());
    }
  }

  private static Optional<String> take(List<String> lines, String name) {
    return !lines.isEmpty() && lines.getFirst().startsWith(name)
        ? Optional.of(lines.removeFirst().substring(name.length()))
        : Optional.empty();
  }

  private static Instant time(String text) {
    try {
      return Seconds.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time: " + e.getMessage(), e);
    }
  }
}
