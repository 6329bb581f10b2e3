package org.hitc.session.token;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The public keys that tokens may be signed with: a fixed map. A key id out of a token is only ever
 * looked up in it, never made part of a file name.
 */
public final class PublicKeys implements BelievedKeys {
  /** Most key files a directory may hold: one for each node and its predecessor, with room. */
  static final int MAX_KEYS = 256;

  private final Map<String, PublicKeyFile> byId;

  private PublicKeys(Map<String, PublicKeyFile> byId) {
    this.byId = Map.copyOf(byId);
  }

  /** Keys that are believed without end. */
  public static PublicKeys of(Collection<PublicKey> keys) {
    return ofFiles(keys.stream().map(PublicKeyFile::of).toList());
  }

  /** Keys that are believed as their files say. */
  public static PublicKeys ofFiles(Collection<PublicKeyFile> files) {
    Map<String, PublicKeyFile> keys = new TreeMap<>();
    files.forEach(file -> keys.put(file.key().id(), file));
    return new PublicKeys(keys);
  }

  /**
   * Reads every {@code *.pub} of a directory.
   *
   * @throws KeyFileException when a file does not hold the key of a session, or when there is none
   * @throws IOException when the directory or a file cannot be read
   */
  public static PublicKeys load(Path directory) throws IOException {
    List<PublicKeyFile> keys = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.pub")) {
      for (Path file : files) {
        PublicKeyFile key = PublicKeyFile.load(file);
        if (key.use() != PublicKeyFile.Use.SESSION) {
          throw new KeyFileException(file + " is not the key of sessions");
        }
        keys.add(key);
        if (keys.size() > MAX_KEYS) {
          throw new KeyFileException(directory + " holds more than " + MAX_KEYS + " keys");
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    if (keys.isEmpty()) {
      throw new KeyFileException(directory + " holds no *.pub file");
    }
    return ofFiles(keys);
  }

  @Override
  public Optional<PublicKey> find(String id, Instant now) {
    return Optional.ofNullable(byId.get(id))
        .filter(file -> file.isBelieved(now))
        .map(PublicKeyFile::key);
  }

  /** All of them, in the order of their ids, the retired ones among them. */
  public List<PublicKeyFile> files() {
    return new TreeMap<>(byId).values().stream().toList();
  }
}
