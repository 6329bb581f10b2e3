package org.hitc.channel.codec;

import java.util.LinkedHashMap;
import java.util.Map;

/** The records that can stand where a type is expected, by tag. A record stands for itself. */
final class Variants {
  private static final ClassValue<Variants> KNOWN =
      new ClassValue<>() {
        @Override
        protected Variants computeValue(Class<?> type) {
          return new Variants(type);
        }
      };

  private final Class<?> type;
  private final Map<String, Class<?>> byTag = new LinkedHashMap<>();

  private Variants(Class<?> type) {
    this.type = type;
    collect(type);
  }

  static Variants of(Class<?> type) {
    return KNOWN.get(type);
  }

  Class<?> find(String tag) {
    Class<?> found = byTag.get(tag);
    if (found == null) {
      throw new CodecException("bytes of something that is no " + type.getName());
    }
    return found;
  }

  Iterable<Class<?>> all() {
    return byTag.values();
  }

  private void collect(Class<?> member) {
    if (member.isRecord()) {
      Class<?> other = byTag.put(member.getSimpleName(), member);
      if (other != null && other != member) {
        throw new CodecException(
            "%s and %s have the same tag".formatted(other.getName(), member.getName()));
      }
    } else if (member.isSealed() && !member.isEnum()) {
      for (Class<?> permitted : member.getPermittedSubclasses()) {
        collect(permitted);
      }
    } else {
      throw new CodecException(member.getName() + " is neither a record nor sealed");
    }
  }
}
