package org.hitc.listener.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hitc.session.sign.SigningKey;
import org.hitc.session.token.PublicKey;

/**
 * A signed statement that a log had this record, and so all before it: one line, {@code
 * {"checkpoint":N,"instance":"I","node":"O","hash":"H","at":"T","key":"K","signature":"S"}}. The
 * signature is over all bytes in front of {@code ,"signature"}.
 *
 * @param number of the record
 * @param instance whose log it is
 * @param node of that instance, each of which has a log of its own
 * @param hash of the record
 * @param at when it was sealed
 * @param key id of the key that sealed it
 * @param signature 128 lower-case hex digits
 */
record Checkpoint(
    long number,
    String instance,
    String node,
    String hash,
    Instant at,
    String key,
    String signature) {

  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"checkpoint\":([1-9][0-9]{0,17}),\"instance\":\"([a-z0-9][a-z0-9.-]{0,62})\","
              + "\"node\":\"([a-z0-9][a-z0-9.-]{0,62})\","
              + "\"hash\":\"([0-9a-f]{64})\",\"at\":\"([0-9TZ:.-]{1,40})\","
              + "\"key\":\"([0-9a-f]{16})\",\"signature\":\"([0-9a-f]{128})\"}");

  /** Seals a record. */
  static Checkpoint seal(
      long number, String instance, String node, String hash, Instant at, SigningKey key) {
    Checkpoint unsigned =
        new Checkpoint(number, instance, node, hash, at, key.publicKey().id(), "");
    String signature = HexFormat.of().formatHex(key.seal(unsigned.text()));
    return new Checkpoint(number, instance, node, hash, at, unsigned.key, signature);
  }

  /** The line, without its end. */
  String line() {
    return new String(text(), US_ASCII) + ",\"signature\":\"" + signature + "\"}";
  }

  /** The other way; nothing when it is not, character for character, such a line. */
  static Optional<Checkpoint> read(String line) {
    Matcher match = LINE.matcher(line);
    if (!match.matches()) {
      return Optional.empty();
    }
    try {
      Checkpoint read =
          new Checkpoint(
              Long.parseLong(match.group(1)),
              match.group(2),
              match.group(3),
              match.group(4),
              Instant.parse(match.group(5)),
              match.group(6),
              match.group(7));
      return read.line().equals(line) ? Optional.of(read) : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Whether the owner of this key made it. */
  boolean isSealedBy(PublicKey owner) {
    return owner.sealed(text(), HexFormat.of().parseHex(signature));
  }

  private byte[] text() {
    return String.join(
            "",
            "{\"checkpoint\":" + number,
            ",\"instance\":\"" + instance,
            "\",\"node\":\"" + node,
            "\",\"hash\":\"" + hash,
            "\",\"at\":\"" + at,
            "\",\"key\":\"" + key,
            "\"")
        .getBytes(US_ASCII);
  }
}
