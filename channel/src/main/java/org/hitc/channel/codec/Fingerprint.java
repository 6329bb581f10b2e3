package org.hitc.channel.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Eight bytes that stand for the shape of a record class and of all that lies in it: the start of
 * the SHA-256 of its description.
 *
 * <p>The description has one line for each record that can occur, in the order in which they are
 * met: {@code Moved(to:PageAddress)}. The name of a component is part of it, since two exchanged
 * texts would otherwise be read without a word; the constants of an enum are not, since each is
 * written by its name.
 */
final class Fingerprint {
  private static final ClassValue<Long> KNOWN =
      new ClassValue<>() {
        @Override
        protected Long computeValue(Class<?> type) {
          return digest(describe(type));
        }
      };

  private Fingerprint() {}

  static long of(Class<?> record) {
    return KNOWN.get(record);
  }

  static String describe(Class<?> record) {
    SequencedSet<Class<?>> met = new LinkedHashSet<>();
    StringBuilder description = new StringBuilder();
    describe(record, met, description);
    return description.toString();
  }

  private static void describe(
      Class<?> record, SequencedSet<Class<?>> met, StringBuilder description) {
    if (!met.add(record)) {
      return;
    }
    RecordShape shape = RecordShape.of(record);
    description.append(shape.tag()).append('(');
    String separator = "";
    for (RecordShape.Component component : shape.components()) {
      description.append(separator).append(component.name()).append(':');
      description.append(component.shape().words());
      separator = ",";
    }
    description.append(")\n");
    for (RecordShape.Component component : shape.components()) {
      for (Class<?> nested : component.shape().records()) {
        describe(nested, met, description);
      }
    }
  }

  private static long digest(String description) {
    return ByteBuffer.wrap(Sha256.create().digest(description.getBytes(UTF_8))).getLong();
  }
}
