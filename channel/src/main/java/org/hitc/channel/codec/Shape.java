package org.hitc.channel.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the values of one type are written and read. */
sealed interface Shape permits PlainShape, EnumShape, ContainerShape, NestedShape {

  void write(ByteSink out, Object value, int depth);

  Object read(ByteSource in, int depth);

  /** Its name in a {@link Fingerprint}. */
  String words();

  /** The record classes that can occur in it, not looking into those. */
  Iterable<Class<?>> records();

  /**
   * The shape of a type.
   *
   * @param where the component it belongs to, for the error
   */
  static Shape of(Type type, String where) {
    return switch (type) {
      case Class<?> c -> ofClass(c, where);
      case ParameterizedType p -> ofContainer(p, where);
      default -> throw unsupported(type, where);
    };
  }

  private static Shape ofClass(Class<?> type, String where) {
    if (type == String.class) {
      return PlainShape.STRING;
    } else if (type == int.class) {
      return PlainShape.INT;
    } else if (type == long.class) {
      return PlainShape.LONG;
    } else if (type == boolean.class) {
      return PlainShape.BOOLEAN;
    } else if (type == byte[].class) {
      return PlainShape.BYTES;
    } else if (type == BigDecimal.class) {
      return PlainShape.DECIMAL;
    } else if (type == Instant.class) {
      return PlainShape.INSTANT;
    } else if (type.isEnum()) {
      return EnumShape.of(type);
    } else if (type.isRecord() || type.isSealed()) {
      return new NestedShape(type);
    }
    throw unsupported(type, where);
  }

  private static Shape ofContainer(ParameterizedType type, String where) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return new ContainerShape.OfOptional(of(arguments[0], where));
    } else if (type.getRawType() == List.class) {
      return new ContainerShape.OfList(of(arguments[0], where));
    } else if (type.getRawType() == Map.class && arguments[0] == String.class) {
      return new ContainerShape.OfMap(of(arguments[1], where));
    }
    throw unsupported(type, where);
  }

  private static CodecException unsupported(Type type, String where) {
    return new CodecException(where + " has the unsupported type " + type.getTypeName());
  }
}
