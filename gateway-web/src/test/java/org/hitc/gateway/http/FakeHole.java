package org.hitc.gateway.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.Text;
import org.hitc.channel.hole.Answer;
import org.hitc.channel.hole.FileSink;
import org.hitc.gateway.page.SamplePages;

/** A listener that answers at once with sample pages, or misbehaves on purpose. */
final class FakeHole implements Hole {

  static final PageAddress ADDRESS = new PageAddress("budget_12", "v1", "p1");
  static final String TOKEN = "v4.public.fake";

  private static final byte[] TABLE = "Object,Budget\r\n".getBytes(StandardCharsets.UTF_8);

  private final List<Request> asked = new CopyOnWriteArrayList<>();
  private volatile Function<Request, Answer> answers = FakeHole::well;
  private volatile Stream stream = FakeHole::table;
  private volatile boolean breaksStreams;
  private volatile int replyBytes;

  /** How the bytes of a streamed reply are sent. */
  interface Stream {
    void send(Reply.Streamed reply, FileSink sink) throws IOException;
  }

  /** The requests that arrived, in order. */
  List<Request> asked() {
    return List.copyOf(asked);
  }

  /** From now on answers in this way. */
  void answers(Function<Request, Answer> how) {
    answers = how;
  }

  /** From now on streams in this way. */
  void streams(Stream how) {
    stream = how;
  }

  /** From now on streams break off after their bytes. */
  void breaksStreams() {
    breaksStreams = true;
  }

  /** From now on each reply is so long on its way through the hole. */
  void repliesOf(int bytes) {
    replyBytes = bytes;
  }

  @Override
  public Answer ask(Request request, FileSink sink) throws IOException {
    asked.add(request);
    if (replyBytes > 0 && !sink.hasRoom(replyBytes)) {
      return new Answer.Refused(Refusal.BUSY);
    }
    Answer answer = answers.apply(request);
    if (answer instanceof Answer.Complete(Reply.Streamed streamed, var _)) {
      stream.send(streamed, sink);
      if (breaksStreams) {
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
      case Request.Login login when login.password().equals("temporary") ->
          reply(new Reply.Ask(SamplePages.PENDING, SamplePages.newPassword(), Optional.empty()));
      case Request.Login _ -> refused(Refusal.SIGN_IN);
      case Request.LoginAnswer answer
          when answer.values().getOrDefault("new", List.of()).contains("correct horse") ->
          new Answer.Complete(new Reply.SignedIn(), Optional.of(TOKEN));
      case Request.LoginAnswer answer when answer.pending().equals(SamplePages.PENDING) ->
          reply(new Reply.Ask("f".repeat(32), SamplePages.newPasswordRefused(), Optional.empty()));
      case Request.LoginAnswer _ -> refused(Refusal.SIGN_IN_ENDED);
      case Request.Logout _ -> reply(new Reply.SignedOut());
      case Request.Home _ -> reply(new Reply.Show(SamplePages.home("en")));
      case Request.Start _, Request.Follow _ -> reply(new Reply.Moved(ADDRESS));
      case Request.Again _ -> reply(new Reply.Begun("7K3P-2M"));
      case Request.View view -> reply(new Reply.Show(page(view.page())));
      case Request.Submit submit
          when submit.values().getOrDefault("account", List.of()).contains("") ->
          reply(new Reply.Show(SamplePages.formWithErrors("en")));
      case Request.Submit submit ->
          reply(
              switch (submit.page()) {
                case "late" -> new Reply.SignInFirst(Refusal.SESS_EXPIRED, ADDRESS);
                case "twice" -> new Reply.Done(ADDRESS);
                case "long" -> new Reply.Begun("7K3P-2M");
                default -> new Reply.Moved(ADDRESS);
              });
      case Request.Jobs _ -> reply(new Reply.Show(SamplePages.jobs("en")));
      case Request.Job job ->
          reply(
              job.job().equals("DONE-00")
                  ? new Reply.Moved(ADDRESS)
                  : new Reply.Show(SamplePages.running("en")));
      case Request.Output output ->
          reply(
              new Reply.Output(
                  Page.JobState.RUNNING,
                  Text.of("L\u00e4uft, 40 %"),
                  Long.parseLong(output.from()) + TABLE.length));
      case Request.Cancel cancel -> reply(new Reply.Cancelled(cancel.job()));
      case Request.Session session when session.token().equals(TestSite.OVER) ->
          reply(SamplePages.ended());
      case Request.Session _, Request.Stay _ -> reply(new Reply.Show(SamplePages.session("en")));
      case Request.Keep keep ->
          reply(
              keep.token().equals(TestSite.OVER)
                  ? new Reply.SignInFirst(Refusal.SESS_EXPIRED, ADDRESS)
                  : new Reply.Moved(ADDRESS));
      case Request.Forget forget ->
          reply(
              forget.token().equals(TestSite.OVER) ? new Reply.SignedOut() : new Reply.SignedIn());
      case Request.Sessions _ -> reply(new Reply.Show(SamplePages.sessions("en")));
      case Request.EndSession end when end.session().equals("0000") ->
          refused(Refusal.SESS_UNKNOWN);
      case Request.EndSession _, Request.EndOthers _ -> reply(new Reply.SessionsEnded());
      case Request.Speak _ -> reply(new Reply.Spoken());
      case Request.Download _ -> reply(new Reply.File("budget_12.csv", "text/csv; charset=utf-8"));
    };
  }

  private static Page page(String name) {
    return switch (name) {
      case "report" -> SamplePages.report("en");
      case "arranged" -> SamplePages.arranged("en");
      case "lines" -> SamplePages.lines("en");
      case "printout" -> SamplePages.printout("en");
      case "confirm" -> SamplePages.confirm("en");
      case "upload" -> SamplePages.upload("en");
      case "stopped" -> SamplePages.stopped("en");
      case "failed" -> SamplePages.failed("en");
      case "done" -> SamplePages.done("en");
      case "errors" -> SamplePages.formWithErrors("en");
      case "german" -> SamplePages.form("de");
      default -> SamplePages.form("en");
    };
  }

  private static void table(Reply.Streamed streamed, FileSink sink) throws IOException {
    try (OutputStream out = sink.open(streamed)) {
      out.write(TABLE, 0, TABLE.length);
    }
  }
}
