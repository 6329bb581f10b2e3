package org.hitc.gateway.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.hole.Answer;
import org.hitc.channel.hole.FileSink;
import org.hitc.gateway.page.SamplePages;

/** A listener that answers at once with sample pages, or misbehaves on purpose. */
final class FakeHole implements Hole {

  static final PageAddress ADDRESS = new PageAddress("budget_12", "v1", "p1");
  static final String TOKEN = "v4.public.fake";

  private final List<Request> asked = new CopyOnWriteArrayList<>();
  private volatile Function<Request, Answer> answers = FakeHole::well;
  private volatile boolean breaksFiles;

  /** The requests that arrived, in order. */
  List<Request> asked() {
    return List.copyOf(asked);
  }

  /** From now on answers in this way. */
  void answers(Function<Request, Answer> how) {
    answers = how;
  }

  /** From now on files break off after their first bytes. */
  void breaksFiles() {
    breaksFiles = true;
  }

  @Override
  public Answer ask(Request request, FileSink sink) {
    asked.add(request);
    Answer answer = answers.apply(request);
    if (answer instanceof Answer.Complete(Reply.File file, var _)) {
      send(file, sink);
      if (breaksFiles) {
        return new Answer.Refused(Refusal.RESULT_TRUNCATED);
      }
    }
    return answer;
  }

  static Answer reply(Reply reply) {
    return new Answer.Complete(reply, Optional.empty());
  }

  static Answer refused(Refusal why) {
    return reply(new Reply.Refused(why, Optional.empty(), Optional.of("7K3P-2M")));
  }

  private static Answer well(Request request) {
    return switch (request) {
      case Request.Login login when login.password().equals("demo") ->
          new Answer.Complete(new Reply.SignedIn(), Optional.of(TOKEN));
      case Request.Login _ -> refused(Refusal.SIGN_IN);
      case Request.Logout _ -> reply(new Reply.SignedOut());
      case Request.Home _ -> reply(new Reply.Show(SamplePages.home("en")));
      case Request.Start _, Request.Follow _ -> reply(new Reply.Moved(ADDRESS));
      case Request.View view ->
          reply(
              new Reply.Show(
                  switch (view.page()) {
                    case "report" -> SamplePages.report("en");
                    case "printout" -> SamplePages.printout("en");
                    case "stopped" -> SamplePages.stopped("en");
                    case "done" -> SamplePages.done("en");
                    case "errors" -> SamplePages.formWithErrors("en");
                    case "german" -> SamplePages.form("de");
                    default -> SamplePages.form("en");
                  }));
      case Request.Submit submit
          when submit.values().getOrDefault("account", List.of()).contains("") ->
          reply(new Reply.Show(SamplePages.formWithErrors("en")));
      case Request.Submit _ -> reply(new Reply.Moved(ADDRESS));
      case Request.Cancel cancel -> reply(new Reply.Cancelled(cancel.job()));
      case Request.Download _ -> reply(new Reply.File("budget_12.csv", "text/csv; charset=utf-8"));
    };
  }

  private static void send(Reply.File file, FileSink sink) {
    try (OutputStream out = sink.open(file)) {
      out.write("Object,Budget\r\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
