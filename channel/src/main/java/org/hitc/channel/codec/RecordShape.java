package org.hitc.channel.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How the records of one class are taken apart and put together. */
final class RecordShape {
  private static final ClassValue<RecordShape> KNOWN =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  record Component(String name, Shape shape, MethodHandle accessor) {}

  private final Class<?> type;
  private final List<Component> components = new ArrayList<>();
  private final MethodHandle constructor;

  private RecordShape(Class<?> type) {
    if (!type.isRecord() || type.getTypeParameters().length > 0) {
      throw new CodecException(type.getName() + " is not a record, or is generic");
    }
    this.type = type;
    RecordComponent[] parts = type.getRecordComponents();
    if (parts.length > 255) {
      throw new CodecException(type.getName() + " has more than 255 components");
    }
    // The public lookup sees exactly what the rule allows: public records.
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    try {
      for (RecordComponent part : parts) {
        components.add(
            new Component(
                part.getName(),
                Shape.of(part.getGenericType(), type.getName() + "." + part.getName()),
                lookup
                    .unreflect(part.getAccessor())
                    .asType(MethodType.methodType(Object.class, Object.class))));
      }
      Class<?>[] types =
          Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
      constructor =
          lookup
              .findConstructor(type, MethodType.methodType(void.class, types))
              .asSpreader(Object[].class, types.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new CodecException(type.getName() + " is not public", e);
    }
  }

  static RecordShape of(Class<?> type) {
    return KNOWN.get(type);
  }

  String tag() {
    return type.getSimpleName();
  }

  List<Component> components() {
    return components;
  }

  void write(ByteSink out, Object record, int depth) {
    requireDepth(depth);
    // Every value takes a byte at least, so that a count can be checked against what is left.
    out.putByte(components.size());
    for (Component component : components) {
      Object value = get(component, record);
      if (value == null) {
        throw new CodecException(type.getName() + "." + component.name() + " is null");
      }
      component.shape().write(out, value, depth + 1);
    }
  }

  Object read(ByteSource in, int depth) {
    requireDepth(depth);
    if (in.takeByte() != components.size()) {
      throw new CodecException(type.getName() + " with another number of components");
    }
    Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = components.get(i).shape().read(in, depth + 1);
    }
    return construct(values);
  }

  private void requireDepth(int depth) {
    if (depth > RecordCodec.MAX_DEPTH) {
      throw new CodecException(type.getName() + " lies too deep");
    }
  }

  private Object get(Component component, Object record) {
    try {
      return component.accessor().invokeExact(record);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new CodecException(type.getName() + "." + component.name() + " cannot be read", e);
    }
  }

  private Object construct(Object[] values) {
    try {
      return constructor.invokeExact(values);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new CodecException(type.getName() + " refuses its own components", e);
    }
  }
}
