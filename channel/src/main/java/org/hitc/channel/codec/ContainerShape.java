package org.hitc.channel.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** None, one or many values of one shape. */
sealed interface ContainerShape extends Shape {

  Shape element();

  @Override
  default Iterable<Class<?>> records() {
    return element().records();
  }

  /** A flag, then the value if there is one. */
  record OfOptional(Shape element) implements ContainerShape {
    @Override
    public void write(ByteSink out, Object value, int depth) {
      Optional<?> optional = (Optional<?>) value;
      out.flag(optional.isPresent());
      optional.ifPresent(present -> element.write(out, present, depth));
    }

    @Override
    public Object read(ByteSource in, int depth) {
      return in.flag() ? Optional.of(element.read(in, depth)) : Optional.empty();
    }

    @Override
    public String words() {
      return "Optional<" + element.words() + ">";
    }
  }

  /** A count, then the values. */
  record OfList(Shape element) implements ContainerShape {
    @Override
    public void write(ByteSink out, Object value, int depth) {
      List<?> list = (List<?>) value;
      out.putInt(list.size());
      for (Object each : list) {
        element.write(out, each, depth);
      }
    }

    @Override
    public Object read(ByteSource in, int depth) {
      int count = in.count();
      List<Object> list = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        list.add(element.read(in, depth));
      }
      return Collections.unmodifiableList(list);
    }

    @Override
    public String words() {
      return "List<" + element.words() + ">";
    }
  }

  /** A count, then keys and values, the keys strictly ascending in the order of their UTF-16. */
  record OfMap(Shape element) implements ContainerShape {
    @Override
    public void write(ByteSink out, Object value, int depth) {
      Map<?, ?> map = (Map<?, ?>) value;
      out.putInt(map.size());
      for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
        out.text((String) entry.getKey());
        element.write(out, entry.getValue(), depth);
      }
    }

    @Override
    public Object read(ByteSource in, int depth) {
      int count = in.count();
      Map<String, Object> map = new LinkedHashMap<>();
      Optional<String> previous = Optional.empty();
      for (int i = 0; i < count; i++) {
        String key = in.text();
        if (previous.isPresent() && previous.get().compareTo(key) >= 0) {
          throw new CodecException("keys that do not ascend");
        }
        map.put(key, element.read(in, depth));
        previous = Optional.of(key);
      }
      return Collections.unmodifiableMap(map);
    }

    @Override
    public String words() {
      return "Map<" + element.words() + ">";
    }
  }
}
