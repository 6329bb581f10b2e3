package org.hitc.session.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The public keys that tokens may be signed with: a fixed map, read once. A key id out of a token
 * is only ever looked up in it, never made part of a file name.
 */
public final class PublicKeys {
  /** Most key files a directory may hold: one for each node and its predecessor, with room. */
  static final int MAX_KEYS = 256;

  private static final int MAX_FILE_BYTES = 65;

  private final Map<String, PublicKey> byId;

  private PublicKeys(Map<String, PublicKey> byId) {
    this.byId = Map.copyOf(byId);
  }

  public static PublicKeys of(Collection<PublicKey> keys) {
    return new PublicKeys(
        keys.stream().collect(Collectors.toMap(PublicKey::id, key -> key, (a, _) -> a)));
  }

  /**
   * Reads every {@code *.pub} of a directory: 64 lower-case hex digits and a newline.
   *
   * @throws KeyFileException when a file holds anything else, or when there is no key at all
   * @throws IOException when the directory or a file cannot be read
   */
  public static PublicKeys load(Path directory) throws IOException {
    Map<String, PublicKey> keys = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.pub")) {
      for (Path file : files) {
        PublicKey key = read(file);
        keys.put(key.id(), key);
        if (keys.size() > MAX_KEYS) {
          throw new KeyFileException(directory + " holds more than " + MAX_KEYS + " keys");
        }
      }
    }
    if (keys.isEmpty()) {
      throw new KeyFileException(directory + " holds no *.pub file");
    }
    return new PublicKeys(keys);
  }

  /** The key with this id, if it is one of ours. */
  public Optional<PublicKey> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  private static PublicKey read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new KeyFileException(file + " is not a regular file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readNBytes(MAX_FILE_BYTES + 1);
    }
    String text = new String(bytes, US_ASCII);
    try {
      return PublicKey.ofHex(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    } catch (IllegalArgumentException e) {
      throw new KeyFileException(file + ": " + e.getMessage());
    }
  }
}
