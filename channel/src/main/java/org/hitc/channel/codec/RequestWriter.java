package org.hitc.channel.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hitc.channel.Refusal;

/** Collects the fields of one request and writes the file. */
final class RequestWriter {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(512);
  private int count;

  RequestWriter put(RequestField field, String value) throws Malformed {
    add(field.wireName().getBytes(US_ASCII), field.encode(value));
    return this;
  }

  /** Sorted by name, so that equal requests have equal bytes. */
  RequestWriter putFormValues(Map<String, List<String>> values) throws Malformed {
    for (Map.Entry<String, List<String>> entry : new TreeMap<>(values).entrySet()) {
      FieldName name = FieldName.ofFormValue(entry.getKey(), entry.getValue().size() != 1);
      for (String value : entry.getValue()) {
        add(name.encode(), formBytes(name, value));
      }
    }
    return this;
  }

  byte[] file(String verb) throws Malformed {
    byte[] head = (RequestCodec.BANNER + verb + "\n" + count + "\n").getBytes(US_ASCII);
    byte[] tail = RequestCodec.END.getBytes(US_ASCII);
    ByteArrayOutputStream file = new ByteArrayOutputStream(head.length + body.size() + tail.length);
    file.writeBytes(head);
    file.writeBytes(body.toByteArray());
    file.writeBytes(tail);
    requireAtMostMaxBytes(file.size());
    return file.toByteArray();
  }

  private void add(byte[] name, byte[] value) throws Malformed {
    if (++count > RequestCodec.MAX_FIELDS) {
      throw Malformed.tooLong("more than " + RequestCodec.MAX_FIELDS + " fields");
    }
    // Checked here too, so that what is collected stays bounded, whatever the values are.
    requireAtMostMaxBytes((long) body.size() + name.length + value.length);
    string(name);
    string(value);
  }

  private void string(byte[] bytes) {
    body.writeBytes((bytes.length + ":").getBytes(US_ASCII));
    body.writeBytes(bytes);
    body.write(',');
  }

  private static void requireAtMostMaxBytes(long size) throws Malformed {
    if (size > RequestCodec.MAX_BYTES) {
      throw Malformed.tooLong("longer than " + RequestCodec.MAX_BYTES + " bytes");
    }
  }

  private static byte[] formBytes(FieldName name, String value) throws Malformed {
    try {
      return Utf8.encode(value);
    } catch (CharacterCodingException _) {
      throw new Malformed(
          Refusal.ARG_ENCODING, "field " + name.name() + " holds an unpaired surrogate");
    }
  }
}
