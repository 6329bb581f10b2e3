package org.hitc.channel.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Values without parts. */
enum PlainShape implements Shape {
  STRING {
    @Override
    public void write(ByteSink out, Object value, int depth) {
      out.text((String) value);
    }

    @Override
    public Object read(ByteSource in, int depth) {
      return in.text();
    }
  },

  INT {
    @Override
    public void write(ByteSink out, Object value, int depth) {
      out.putInt((int) value);
    }

    @Override
    public Object read(ByteSource in, int depth) {
      return in.takeInt();
    }
  },

  LONG {
    @Override
    public void write(ByteSink out, Object value, int depth) {
      out.putLong((long) value);
    }

    @Override
    public Object read(ByteSource in, int depth) {
      return in.takeLong();
    }
  },

  BOOLEAN {
    @Override
    public void write(ByteSink out, Object value, int depth) {
      out.flag((boolean) value);
    }

    @Override
    public Object read(ByteSource in, int depth) {
      return in.flag();
    }
  },

  BYTES {
    @Override
    public void write(ByteSink out, Object value, int depth) {
      out.bytes((byte[]) value);
    }

    @Override
    public Object read(ByteSource in, int depth) {
      return in.bytes();
    }
  },

  DECIMAL {
    @Override
    public void write(ByteSink out, Object value, int depth) {
      BigDecimal decimal = (BigDecimal) value;
      byte[] unscaled = decimal.unscaledValue().toByteArray();
      requireBounds(decimal.scale(), unscaled);
      out.putInt(decimal.scale());
      out.bytes(unscaled);
    }

    @Override
    public Object read(ByteSource in, int depth) {
      int scale = in.takeInt();
      byte[] unscaled = in.bytes();
      requireBounds(scale, unscaled);
      BigInteger integer = new BigInteger(unscaled);
      if (!Arrays.equals(integer.toByteArray(), unscaled)) {
        throw new CodecException("a decimal number longer than need be");
      }
      return new BigDecimal(integer, scale);
    }

    private void requireBounds(int scale, byte[] unscaled) {
      // A number of few bytes can have more digits written out than fit into memory.
      if (unscaled.length == 0
          || unscaled.length > MAX_UNSCALED_BYTES
          || scale > MAX_SCALE
          || scale < -MAX_SCALE) {
        throw new CodecException("a decimal number out of bounds");
      }
    }
  },

  INSTANT {
    @Override
    public void write(ByteSink out, Object value, int depth) {
      Instant instant = (Instant) value;
      out.putLong(instant.getEpochSecond());
      out.putInt(instant.getNano());
    }

    @Override
    public Object read(ByteSource in, int depth) {
      long seconds = in.takeLong();
      int nanos = in.takeInt();
      if (nanos < 0 || nanos > 999_999_999) {
        throw new CodecException("an instant out of bounds");
      }
      try {
        return Instant.ofEpochSecond(seconds, nanos);
      } catch (DateTimeException e) {
        throw new CodecException("an instant out of bounds", e);
      }
    }
  };

  private static final int MAX_SCALE = 10_000;
  private static final int MAX_UNSCALED_BYTES = 1024;

  @Override
  public String words() {
    return name();
  }

  @Override
  public Iterable<Class<?>> records() {
    return List.of();
  }
}
