package org.hitc.channel.codec;

/**
 * Records as bytes: for {@link org.hitc.channel.Reply replies} and pages on their way to the
 * gateway, and for what the store keeps.
 *
 * <p>A message is the simple name of the record's class, eight bytes that identify the shape of
 * that class (see {@link Fingerprint}), and the components in their order. Components may be {@code
 * String}, {@code int}, {@code long}, {@code boolean}, {@code byte[]}, {@code BigDecimal}, {@code
 * Instant}, enums, {@code Optional}, {@code List}, {@code Map} with {@code String} keys, records,
 * and sealed types whose every permitted type is again a record or such a sealed type; their tag is
 * the simple name of the record's class. {@code docs/PROTOCOL.md} has the bytes of each.
 *
 * <p>The records and their enclosing types must be public and not generic. A type that breaks a
 * rule is an error at its first use, which names it. Every value has one encoding only: decoding
 * refuses trailing bytes, map keys out of order, and numbers that are longer than need be. Bytes
 * written from another shape of the same record are refused, not guessed at.
 *
 * <p><b>SECURITY.</b> For the trusted direction and the listener's own store only. Nothing of what
 * a message names is ever loaded as a class: a tag is looked up among the permitted records of the
 * expected type.
 */
public final class RecordCodec {
  /** The longest message, in bytes. */
  public static final int MAX_BYTES = 16 << 20;

  /** How deep records may lie in records. */
  public static final int MAX_DEPTH = 64;

  private RecordCodec() {}

  /**
   * The bytes of a record.
   *
   * @throws CodecException when it is no record, holds a type, null or text (an unpaired surrogate)
   *     that cannot be encoded, or is too long or too deep
   */
  public static byte[] encode(Object record) {
    RecordShape shape = RecordShape.of(record.getClass());
    ByteSink out = new ByteSink();
    out.text(shape.tag());
    out.putLong(Fingerprint.of(record.getClass()));
    shape.write(out, record, 0);
    return out.toByteArray();
  }

  /**
   * The record that the bytes hold: of the class {@code type}, or of one that it permits.
   *
   * @param type a record class or a sealed type
   * @throws CodecException when the bytes are not exactly one such record
   */
  public static <T> T decode(Class<T> type, byte[] bytes) {
    ByteSource in = new ByteSource(bytes);
    Class<?> found = Variants.of(type).find(in.text());
    if (in.takeLong() != Fingerprint.of(found)) {
      throw new CodecException("bytes of another shape of " + found.getName());
    }
    Object record = RecordShape.of(found).read(in, 0);
    in.expectEnd();
    return type.cast(record);
  }
}
