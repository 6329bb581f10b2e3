package org.hitc.channel.codec;

/** A record, or one of the records that a sealed type permits, in front of which stands its tag. */
record NestedShape(Class<?> type) implements Shape {

  // The shapes of nested types are looked up when used, not before: a record may hold itself.

  @Override
  public void write(ByteSink out, Object value, int depth) {
    RecordShape shape = RecordShape.of(value.getClass());
    if (!type.isRecord()) {
      // Refuses two records of one tag before anything is written that could not be read.
      Variants.of(type);
      out.text(shape.tag());
    }
    shape.write(out, value, depth);
  }

  @Override
  public Object read(ByteSource in, int depth) {
    Class<?> found = type.isRecord() ? type : Variants.of(type).find(in.text());
    return RecordShape.of(found).read(in, depth);
  }

  @Override
  public String words() {
    return type.getSimpleName();
  }

  @Override
  public Iterable<Class<?>> records() {
    return Variants.of(type).all();
  }
}
