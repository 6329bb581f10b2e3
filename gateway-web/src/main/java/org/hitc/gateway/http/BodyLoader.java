package org.hitc.gateway.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Reads the whole body of a form with files before a thread is given to the request, into one array
 * of the length that was announced: a slow sender holds no thread, and many small pieces cost no
 * more than their bytes. Which lengths are taken was decided before ({@link Bodies}).
 *
 * <p>Jetty's own loader for these forms is not used: it takes a body apart while that comes, and
 * handles a request twice when the body turns out to be broken (12.1.14).
 */
final class BodyLoader implements EagerContentHandler.ContentLoaderFactory {

  private static final String ATTRIBUTE = BodyLoader.class.getName();

  /** The body of a request that came through here; empty for any other. */
  static ByteBuffer body(Request request) {
    return request.getAttribute(ATTRIBUTE) instanceof ByteBuffer body
        ? body.duplicate()
        : ByteBuffer.allocate(0);
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

  private static final class Loader extends EagerContentHandler.ContentLoader {
    private final ByteBuffer body;

    Loader(Handler handler, Request request, Response response, Callback callback) {
      super(handler, request, response, callback);
      this.body = ByteBuffer.allocate(Math.toIntExact(request.getLength()));
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
        if (!take(chunk)) {
          Response.writeError(
              getRequest(), getResponse(), getCallback(), HttpStatus.BAD_REQUEST_400);
          return;
        }
      }
      getRequest().setAttribute(ATTRIBUTE, body.flip());
      handle();
    }

    /** False when there is more than was announced. */
    private boolean take(Content.Chunk chunk) {
      boolean fits = chunk.remaining() <= body.remaining();
      if (fits) {
        body.put(chunk.getByteBuffer());
      }
      chunk.release();
      return fits;
    }
  }
}
