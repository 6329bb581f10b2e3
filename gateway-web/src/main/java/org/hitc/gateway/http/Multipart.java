package org.hitc.gateway.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Attributes;

/** A form with files (RFC 7578), taken apart in memory only: there is no folder to write to. */
final class Multipart {

  private static final int MAX_PART_HEADERS = 4 * 1024;
  private static final int MAX_NAME = 200;
  private static final String NAME = ".name";

  private Multipart() {}

  /** True for the media type of such a form. */
  static boolean is(String mediaType) {
    return MimeTypes.getBaseType(mediaType) == MimeTypes.Type.MULTIPART_FORM_DATA;
  }

  /** No part goes to a file, however large it is. */
  private static MultiPartConfig config(Limits limits) {
    return new MultiPartConfig.Builder()
        .maxParts(limits.formFields())
        .maxPartSize(limits.fileBytes())
        .maxMemoryPartSize(-1)
        .useFilesForPartsWithoutFileName(false)
        .maxSize(limits.uploadBytes())
        .maxHeadersSize(MAX_PART_HEADERS)
        .build();
  }

  /**
   * The values of a form by the names of its fields. A file is two of them: {@code NAME}, its
   * content as base 64, and {@code NAME.name}, its own name; one that was not chosen is none.
   *
   * @throws UnusableFormException when it is broken, a part has no name or is not UTF-8
   * @throws HttpException.RuntimeException when it is too large
   */
  static Map<String, List<String>> fields(Request request, Limits limits) throws IOException {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    try (MultiPartFormData.Parts parts = parts(request, limits)) {
      for (MultiPart.Part part : parts) {
        add(fields, part);
      }
    }
    return fields;
  }

  private static MultiPartFormData.Parts parts(Request request, Limits limits) {
    Content.Source body = Content.Source.from(BodyLoader.body(request));
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    try {
      return MultiPartFormData.getParts(body, new Attributes.Mapped(), type, config(limits));
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case HttpException refused -> new HttpException.RuntimeException(refused.getCode());
        // Jetty's way to say that one of the limits is exceeded.
        case IllegalStateException _ ->
            new HttpException.RuntimeException(HttpStatus.PAYLOAD_TOO_LARGE_413);
        case null, default -> new UnusableFormException();
      };
    }
  }

  private static void add(Map<String, List<String>> fields, MultiPart.Part part)
      throws IOException {
    String name = Optional.ofNullable(part.getName()).orElseThrow(UnusableFormException::new);
    ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
    Optional<String> file = Optional.ofNullable(part.getFileName());
    if (file.isEmpty()) {
      add(fields, name, text(content));
    } else if (!file.get().isEmpty() || content.hasRemaining()) {
      add(fields, name, base64(content));
      add(fields, name + NAME, lastSegment(file.get()));
    }
  }

  private static void add(Map<String, List<String>> fields, String name, String value) {
    fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  private static String text(ByteBuffer content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
    } catch (CharacterCodingException _) {
      throw new UnusableFormException();
    }
  }

  private static String base64(ByteBuffer content) {
    return StandardCharsets.ISO_8859_1.decode(Base64.getEncoder().encode(content)).toString();
  }

  /** Some browsers send a whole path; the end of a long name tells more than its beginning. */
  private static String lastSegment(String fileName) {
    String name =
        fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    int length = name.codePointCount(0, name.length());
    return length <= MAX_NAME
        ? name
        : name.substring(name.offsetByCodePoints(0, length - MAX_NAME));
  }
}
