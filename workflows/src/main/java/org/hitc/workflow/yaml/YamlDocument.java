package org.hitc.workflow.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A YAML file, read strictly: UTF-8, one document of keys with values, every scalar is text; no
 * anchors, aliases, tags or doubled keys; bounded in size and depth.
 *
 * @param root its keys; empty when it cannot be read at all, and then {@code problems} says why
 * @param problems the collector of the file, to which its reader adds
 */
public record YamlDocument(Optional<YamlMap> root, Problems problems) {
  /** Largest file, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  /** Deepest nesting. */
  public static final int MAX_DEPTH = 20;

  /**
   * Reads a file.
   *
   * @param file its name, for the problems
   */
  public static YamlDocument parse(String file, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return refused(file, Idents.YAML_SIZE, "the file is larger than 1 MiB", "split it");
    }
    String source;
    try {
      source = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      return refused(
          file,
          Idents.YAML_ENCODING,
          "line " + lineOfBadByte(bytes) + " is not UTF-8",
          "save the file as UTF-8");
    }
    Problems problems = new Problems(file, source);
    return new YamlDocument(new Composer(source, problems).compose(), problems);
  }

  private static YamlDocument refused(String file, String ident, String text, String cure) {
    Problems problems = new Problems(file, "");
    problems.add(new Place(1, 1), ident, text, cure);
    return new YamlDocument(Optional.empty(), problems);
  }

  private static long lineOfBadByte(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    StandardCharsets.UTF_8
        .newDecoder()
        .decode(in, java.nio.CharBuffer.allocate(bytes.length), true);
    long line = 1;
    for (int i = 0; i < in.position(); i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}
