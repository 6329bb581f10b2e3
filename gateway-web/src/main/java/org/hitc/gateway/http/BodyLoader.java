package org.hitc.gateway.http;

import java.io.ByteArrayOutputStream;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Reads the whole body of a form with files before a thread is given to the request, into one
 * array: a slow sender holds no thread, and many small pieces cost no more than their bytes.
 *
 * <p>Jetty's own loader for these forms is not used: it takes a body apart while that comes, and
 * handles a request twice when the body turns out to be broken (12.1.14).
 */
final class BodyLoader implements EagerContentHandler.ContentLoaderFactory {

  private static final String ATTRIBUTE = BodyLoader.class.getName();

  private final int maxBytes;

  BodyLoader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The body of a request that came through here. */
  static byte[] body(Request request) {
    return request.getAttribute(ATTRIBUTE) instanceof ByteArrayOutputStream body
        ? body.toByteArray()
        : new byte[0];
  }

  @Override
  public String getApplicableMimeType() {
    return MimeTypes.Type.MULTIPART_FORM_DATA.asString();
  }

  @Override
  public EagerContentHandler.ContentLoader newContentLoader(
      String contentType,
      String mimeType,
      Handler handler,
      Request request,
      Response response,
      Callback callback) {
    return new Loader(handler, request, response, callback);
  }

  private final class Loader extends EagerContentHandler.ContentLoader {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Loader(Handler handler, Request request, Response response, Callback callback) {
      super(handler, request, response, callback);
    }

    @Override
    protected void load() {
      boolean more = true;
      while (more) {
        Content.Chunk chunk = getRequest().read();
        if (chunk == null) {
          getRequest().demand(this::load);
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          Response.writeError(getRequest(), getResponse(), getCallback(), chunk.getFailure());
          return;
        }
        more = !chunk.isLast();
        take(chunk);
      }
      finish();
    }

    /** Keeps no more than may be there; that there is more is seen at the end. */
    private void take(Content.Chunk chunk) {
      byte[] bytes = new byte[Math.min(chunk.remaining(), maxBytes + 1 - body.size())];
      chunk.getByteBuffer().get(bytes);
      chunk.release();
      body.writeBytes(bytes);
    }

    private void finish() {
      if (body.size() > maxBytes) {
        Response.writeError(
            getRequest(), getResponse(), getCallback(), HttpStatus.PAYLOAD_TOO_LARGE_413);
        return;
      }
      getRequest().setAttribute(ATTRIBUTE, body);
      handle();
    }
  }
}
