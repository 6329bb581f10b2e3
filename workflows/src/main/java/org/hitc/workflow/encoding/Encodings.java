package org.hitc.workflow.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds character sets by their names. */
public final class Encodings {
  /** The names that the documentation gives; every set has more. */
  public static final List<String> NAMES =
      List.of(
          "utf-8",
          "us-ascii",
          "iso-8859-1",
          "iso-8859-15",
          "windows-1252",
          "dec-mcs",
          "ibm037",
          "ibm500",
          "ibm1047");

  /** Names that people use and the JDK does not know. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "latin-1", "iso-8859-1",
          "latin-9", "iso-8859-15",
          "ansi", "windows-1252",
          "cp037", "ibm037",
          "cp500", "ibm500",
          "cp1047", "ibm1047");

  private static final Charset DEC_MCS = new DecMultinational();
  private static final Map<String, Charset> OURS = ours();

  private Encodings() {}

  /**
   * The character set of this name, in any case; empty when this runtime has none, or one that
   * cannot encode.
   */
  public static Optional<Charset> find(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    if (OURS.containsKey(key)) {
      return Optional.ofNullable(OURS.get(key));
    }
    String known = ALIASES.getOrDefault(key, key);
    // What is no name at all makes isSupported throw.
    return known.matches("[a-z0-9][a-z0-9._:+-]{0,63}") && Charset.isSupported(known)
        ? Optional.of(Charset.forName(known)).filter(Charset::canEncode)
        : Optional.empty();
  }

  /**
   * True for the sets of the mainframe, whose line end is NEL (X'15') or LF (X'25'): the JDK makes
   * one of them U+000A and the other U+0085.
   */
  public static boolean isEbcdic(Charset charset) {
    return charset.decode(ByteBuffer.wrap(new byte[] {(byte) 0xF0, 0x40})).toString().equals("0 ");
  }

  private static Map<String, Charset> ours() {
    Map<String, Charset> ours = new HashMap<>();
    ours.put(DEC_MCS.name().toLowerCase(Locale.ROOT), DEC_MCS);
    DEC_MCS.aliases().forEach(alias -> ours.put(alias.toLowerCase(Locale.ROOT), DEC_MCS));
    ours.put("utf8", StandardCharsets.UTF_8);
    return Map.copyOf(ours);
  }
}
