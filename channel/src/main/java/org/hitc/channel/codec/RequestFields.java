package org.hitc.channel.codec;

import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hitc.channel.Refusal;

/**
 * The fields of one request file. The verb takes those it knows; what is then left over is unknown
 * to it.
 */
final class RequestFields {
  private record Values(boolean list, List<byte[]> values) {}

  /** By name without {@code []}, so that {@code v.x} and {@code v.x[]} meet. */
  private final Map<String, Values> fields = new LinkedHashMap<>();

  void add(FieldName name, byte[] value) throws Malformed {
    Values known = fields.get(name.name());
    if (known == null) {
      known = new Values(name.list(), new ArrayList<>());
      fields.put(name.name(), known);
    } else if (!known.list() || !name.list()) {
      throw Malformed.syntax("field " + name.name() + " is doubled");
    }
    known.values().add(value);
  }

  String take(RequestField field) throws Malformed {
    Values found = fields.remove(field.wireName());
    if (found == null) {
      throw Malformed.syntax("field " + field.wireName() + " is missing");
    }
    return field.decode(found.values().getFirst());
  }

  /** Takes every form value; the key is the form's own name of the field. */
  Map<String, List<String>> takeFormValues() throws Malformed {
    Map<String, List<String>> taken = new HashMap<>();
    for (Map.Entry<String, Values> entry : fields.entrySet()) {
      if (FieldName.isFormValue(entry.getKey())) {
        List<String> texts = new ArrayList<>();
        for (byte[] bytes : entry.getValue().values()) {
          texts.add(formText(entry.getKey(), bytes));
        }
        taken.put(FieldName.formField(entry.getKey()), texts);
      }
    }
    fields.keySet().removeIf(FieldName::isFormValue);
    return taken;
  }

  void expectNoMore() throws Malformed {
    if (!fields.isEmpty()) {
      throw Malformed.syntax(
          "field " + fields.keySet().iterator().next() + " is not one of this verb");
    }
  }

  private static String formText(String name, byte[] bytes) throws Malformed {
    try {
      return Utf8.decode(bytes, 0, bytes.length);
    } catch (CharacterCodingException _) {
      throw new Malformed(Refusal.ARG_ENCODING, "field " + name + " is not UTF-8");
    }
  }
}
