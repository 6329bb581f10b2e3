package org.hitc.channel.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A constant of an enum, written by its name, so that their order may change. */
record EnumShape(String words, Map<String, Object> constants) implements Shape {

  static EnumShape of(Class<?> type) {
    return new EnumShape(
        type.getSimpleName(),
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toUnmodifiableMap(c -> ((Enum<?>) c).name(), Function.identity())));
  }

  @Override
  public void write(ByteSink out, Object value, int depth) {
    out.text(((Enum<?>) value).name());
  }

  @Override
  public Object read(ByteSource in, int depth) {
    Object constant = constants.get(in.text());
    if (constant == null) {
      throw new CodecException("no constant of " + words);
    }
    return constant;
  }

  @Override
  public Iterable<Class<?>> records() {
    return List.of();
  }
}
