package org.hitc.i18n.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A format of other people's tools. */
public enum Format {
  /** GNU gettext; {@code msgctxt} is the key. */
  PO("po") {
    @Override
    public String write(Exchange exchange) {
      return PoWriter.write(exchange);
    }

    @Override
    Exchange read(String text) throws NotReadableException {
      return new PoReader(text).read();
    }
  },

  /** XLIFF 1.2 (OASIS, 2008). */
  XLIFF_1_2("xlf") {
    @Override
    public String write(Exchange exchange) {
      return Xliff12.write(exchange);
    }

    @Override
    Exchange read(String text) throws NotReadableException {
      return Xliff12.read(text);
    }
  },

  /** XLIFF 2.0 (ISO 21720). */
  XLIFF_2("xlf") {
    @Override
    public String write(Exchange exchange) {
      return Xliff2.write(exchange);
    }

    @Override
    Exchange read(String text) throws NotReadableException {
      return Xliff2.read(text);
    }
  },

  /** An object with {@code source}, {@code target} and a list {@code messages}. */
  JSON("json") {
    @Override
    public String write(Exchange exchange) {
      return JsonFormat.write(exchange);
    }

    @Override
    Exchange read(String text) throws NotReadableException {
      return JsonFormat.read(text);
    }
  };

  private final String extension;

  Format(String extension) {
    this.extension = extension;
  }

  /** The usual ending of a file's name, without the dot. */
  public String extension() {
    return extension;
  }

  /** As text, to be stored in UTF-8; the same for the same messages, byte for byte. */
  public abstract String write(Exchange exchange);

  abstract Exchange read(String text) throws NotReadableException;

  /** Reads a file from outside, in UTF-8, strictly. */
  public Received read(byte[] bytes) {
    try {
      if (bytes.length > Intake.FILE_BYTES) {
        throw new NotReadableException(0, "is larger than " + (Intake.FILE_BYTES >> 20) + " MiB");
      }
      return new Received.Whole(read(decode(bytes)));
    } catch (NotReadableException e) {
      return new Received.Refused(e.line(), e.words());
    }
  }

  private static String decode(byte[] bytes) throws NotReadableException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
      return body.replace("\r\n", "\n");
    } catch (CharacterCodingException _) {
      throw new NotReadableException(0, "is not UTF-8; save it in that encoding");
    }
  }
}
