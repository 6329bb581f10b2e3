package org.hitc.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.gateway.Main;

/**
 * The style sheet, the script and the icon: read from the jar once, served from memory under names
 * that carry the digest of their content, so that a browser may keep them for ever.
 */
public final class StaticFiles {

  private record Source(String base, String extension, String mediaType) {}

  private static final List<Source> SOURCES =
      List.of(
          new Source("style", "css", "text/css; charset=utf-8"),
          new Source("script", "js", "text/javascript; charset=utf-8"),
          new Source("icon", "svg", "image/svg+xml"));

  private static final int DIGEST_DIGITS = 16;

  private final Map<String, Content> byName;
  private final Map<String, String> pathByFile;

  /**
   * One file.
   *
   * @param bytes read-only
   */
  record Content(String mediaType, ByteBuffer bytes) {}

  private StaticFiles(Map<String, Content> byName, Map<String, String> pathByFile) {
    this.byName = Map.copyOf(byName);
    this.pathByFile = Map.copyOf(pathByFile);
  }

  /** Reads the files out of the jar. */
  public static StaticFiles load() {
    Map<String, Content> byName = new LinkedHashMap<>();
    Map<String, String> pathByFile = new LinkedHashMap<>();
    for (Source source : SOURCES) {
      String file = source.base() + "." + source.extension();
      byte[] bytes = read(file);
      String name = source.base() + "-" + digest(bytes) + "." + source.extension();
      byName.put(name, new Content(source.mediaType(), ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
      pathByFile.put(file, "/static/" + name);
    }
    return new StaticFiles(byName, pathByFile);
  }

  /** Address of the style sheet. */
  public String stylesheet() {
    return path("style.css");
  }

  /** Address of the script. */
  public String script() {
    return path("script.js");
  }

  /** Address of the icon. */
  public String icon() {
    return path("icon.svg");
  }

  /** The file of a name, if it is one of ours. */
  Optional<Content> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private String path(String file) {
    return Optional.ofNullable(pathByFile.get(file)).orElseThrow();
  }

  private static byte[] read(String file) {
    try (InputStream in = Main.class.getResourceAsStream("assets/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks assets/" + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
          .substring(0, DIGEST_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
