package org.hitc.channel.codec;

import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;

/**
 * The fields of a request that are not form values: name, limits and shape. The order here is the
 * order in which the encoder writes them; the decoder takes any.
 */
enum RequestField {
  TOKEN("token", 4096, 4096, Shape.TEXT),
  USER("user", 256, 1024, Shape.TEXT),
  PASSWORD("password", 1024, 1024, Shape.TEXT),
  IDLE("idle", 4, 4, Shape.DIGITS),
  PENDING("pending", 32, 32, Shape.HANDLE),
  SOURCE("source", 64, 64, Shape.GRAPHIC),
  WORKFLOW("workflow", 64, 64, Shape.WORKFLOW),
  VISIT("visit", 64, 64, Shape.HANDLE),
  PAGE("page", 64, 64, Shape.HANDLE),
  TICKET("ticket", 64, 64, Shape.HANDLE),
  OFFER("offer", 64, 64, Shape.HANDLE),
  JOB("job", 7, 7, Shape.JOB),
  SESSION("session", 64, 64, Shape.HANDLE),
  FORMAT("format", 16, 16, Shape.WORD),
  FROM("from", 12, 12, Shape.NUMBER),
  FOLLOW("follow", 3, 3, Shape.YES_OR_NO),
  LANGUAGE("language", 16, 16, Shape.TAG),
  LANGUAGES("languages", 256, 256, Shape.TEXT);

  /** What a field may look like. None of these patterns can backtrack. */
  private enum Shape {
    TEXT("any text", "(?s).*"),
    DIGITS("decimal digits or nothing", "[0-9]*"),
    NUMBER("a number", "0|[1-9][0-9]*"),
    YES_OR_NO("yes or no", "yes|no"),
    GRAPHIC("printable ASCII without spaces", "[!-~]*"),
    WORKFLOW("a workflow's name", "[a-z][a-z0-9_]*"),
    HANDLE("lower-case letters and digits", "[0-9a-z]+"),
    JOB("a job's reference", "[0-9A-Z]{4}-[0-9A-Z]{2}"),
    TAG("a language tag", "[A-Za-z0-9]+(-[A-Za-z0-9]+)*"),
    WORD("a lower-case word", "[a-z]+");

    private final String words;
    private final Pattern pattern;

    Shape(String words, String pattern) {
      this.words = words;
      this.pattern = Pattern.compile(pattern);
    }
  }

  private final String wireName;
  private final int maxCharacters;
  private final int maxBytes;
  private final Shape shape;

  RequestField(String wireName, int maxCharacters, int maxBytes, Shape shape) {
    this.wireName = wireName;
    this.maxCharacters = maxCharacters;
    this.maxBytes = maxBytes;
    this.shape = shape;
  }

  /** Its name in the request file. */
  String wireName() {
    return wireName;
  }

  byte[] encode(String value) throws Malformed {
    try {
      byte[] bytes = Utf8.encode(value);
      check(value, bytes.length);
      return bytes;
    } catch (CharacterCodingException _) {
      throw Malformed.syntax("field " + wireName + " holds an unpaired surrogate");
    }
  }

  String decode(byte[] bytes) throws Malformed {
    try {
      String value = Utf8.decode(bytes, 0, bytes.length);
      check(value, bytes.length);
      return value;
    } catch (CharacterCodingException _) {
      throw Malformed.syntax("field " + wireName + " is not UTF-8");
    }
  }

  private void check(String value, int bytes) throws Malformed {
    if (bytes > maxBytes || value.codePointCount(0, value.length()) > maxCharacters) {
      throw Malformed.tooLong(
          "field %s is longer than %d characters or %d bytes"
              .formatted(wireName, maxCharacters, maxBytes));
    }
    if (!shape.pattern.matcher(value).matches()) {
      throw Malformed.syntax("field " + wireName + " is not " + shape.words);
    }
  }
}
