package org.hitc.channel.codec;

import static org.hitc.channel.codec.RequestField.FOLLOW;
import static org.hitc.channel.codec.RequestField.FORMAT;
import static org.hitc.channel.codec.RequestField.FROM;
import static org.hitc.channel.codec.RequestField.IDLE;
import static org.hitc.channel.codec.RequestField.JOB;
import static org.hitc.channel.codec.RequestField.LANGUAGE;
import static org.hitc.channel.codec.RequestField.LANGUAGES;
import static org.hitc.channel.codec.RequestField.OFFER;
import static org.hitc.channel.codec.RequestField.PAGE;
import static org.hitc.channel.codec.RequestField.PASSWORD;
import static org.hitc.channel.codec.RequestField.PENDING;
import static org.hitc.channel.codec.RequestField.SESSION;
import static org.hitc.channel.codec.RequestField.SOURCE;
import static org.hitc.channel.codec.RequestField.TICKET;
import static org.hitc.channel.codec.RequestField.TOKEN;
import static org.hitc.channel.codec.RequestField.USER;
import static org.hitc.channel.codec.RequestField.VISIT;
import static org.hitc.channel.codec.RequestField.WORKFLOW;

import org.hitc.channel.Refusal;
import org.hitc.channel.Request;
import org.hitc.channel.Request.Again;
import org.hitc.channel.Request.Cancel;
import org.hitc.channel.Request.Download;
import org.hitc.channel.Request.EndOthers;
import org.hitc.channel.Request.EndSession;
import org.hitc.channel.Request.Follow;
import org.hitc.channel.Request.Forget;
import org.hitc.channel.Request.Home;
import org.hitc.channel.Request.Job;
import org.hitc.channel.Request.Jobs;
import org.hitc.channel.Request.Keep;
import org.hitc.channel.Request.Login;
import org.hitc.channel.Request.LoginAnswer;
import org.hitc.channel.Request.Logout;
import org.hitc.channel.Request.Output;
import org.hitc.channel.Request.Session;
import org.hitc.channel.Request.Sessions;
import org.hitc.channel.Request.Speak;
import org.hitc.channel.Request.Start;
import org.hitc.channel.Request.Stay;
import org.hitc.channel.Request.Submit;
import org.hitc.channel.Request.View;

/**
 * The request file: what the gateway leaves in the spool, in the grammar of {@code
 * docs/PROTOCOL.md}. This class is the list of verbs and of the fields of each.
 *
 * <p>A form value of one text travels as {@code v.NAME}, one of several as {@code v.NAME[]}, once
 * for each, in their order. A form field without any value does not travel at all; {@link Request}
 * knows no difference between the two. For every request {@code r} that can be encoded, {@code
 * decode(encode(r))} is {@code Accepted(r)}.
 *
 * <p><b>SECURITY.</b> {@link #decode} takes what may be an attacker's bytes. It believes nothing
 * beyond the shape that it has checked.
 */
public final class RequestCodec {
  /** The longest request file, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  /** The most fields of a request, counting each repetition of a list. */
  public static final int MAX_FIELDS = 1000;

  static final String BANNER = "HITC2 ";
  static final String END = "END\n";

  private RequestCodec() {}

  /** What came of decoding. */
  public sealed interface Decoded {
    /** It has the shape of a request; whether it is allowed is for others to decide. */
    record Accepted(Request request) implements Decoded {}

    /**
     * It is not a request.
     *
     * @param why {@link Refusal#REQ_SYNTAX}, {@link Refusal#REQ_TOO_LONG}, or {@link
     *     Refusal#ARG_ENCODING} for a form value that is not UTF-8
     * @param detail what is wrong and where, for a log: printable ASCII, under 200 characters,
     *     never a value
     */
    record Refused(Refusal why, String detail) implements Decoded {}
  }

  /**
   * The bytes of a request file. Equal requests give equal bytes.
   *
   * @throws UnsendableException when {@link #decode} would refuse it: the honest side does not send
   *     such a request
   */
  public static byte[] encode(Request request) {
    try {
      return write(new RequestWriter(), request).file(request.verb());
    } catch (Malformed e) {
      throw new UnsendableException(e);
    }
  }

  /** Reads a request file. Never throws, whatever the bytes are. */
  public static Decoded decode(byte[] file) {
    try {
      return new Decoded.Accepted(read(file));
    } catch (Malformed e) {
      return new Decoded.Refused(e.why(), e.detail());
    }
  }

  private static RequestWriter write(RequestWriter to, Request request) throws Malformed {
    RequestWriter fields =
        switch (request) {
          case Login r ->
              to.put(USER, r.user())
                  .put(PASSWORD, r.password())
                  .put(IDLE, r.idle())
                  .put(SOURCE, r.source());
          case LoginAnswer r ->
              to.put(PENDING, r.pending()).put(SOURCE, r.source()).putFormValues(r.values());
          case Logout r -> to.put(TOKEN, r.token());
          case Home r -> to.put(TOKEN, r.token());
          case Start r ->
              to.put(TOKEN, r.token()).put(WORKFLOW, r.workflow()).putFormValues(r.values());
          case View r ->
              to.put(TOKEN, r.token())
                  .put(WORKFLOW, r.workflow())
                  .put(VISIT, r.visit())
                  .put(PAGE, r.page())
                  .putFormValues(r.arrangement());
          case Submit r ->
              to.put(TOKEN, r.token())
                  .put(WORKFLOW, r.workflow())
                  .put(VISIT, r.visit())
                  .put(PAGE, r.page())
                  .put(TICKET, r.ticket())
                  .putFormValues(r.values());
          case Follow r ->
              to.put(TOKEN, r.token())
                  .put(WORKFLOW, r.workflow())
                  .put(VISIT, r.visit())
                  .put(PAGE, r.page())
                  .put(OFFER, r.offer())
                  .putFormValues(r.arrangement());
          case Again r ->
              to.put(TOKEN, r.token())
                  .put(WORKFLOW, r.workflow())
                  .put(VISIT, r.visit())
                  .put(PAGE, r.page());
          case Jobs r -> to.put(TOKEN, r.token());
          case Job r -> to.put(TOKEN, r.token()).put(JOB, r.job());
          case Output r ->
              to.put(TOKEN, r.token())
                  .put(JOB, r.job())
                  .put(FROM, r.from())
                  .put(FOLLOW, r.follow());
          case Cancel r -> to.put(TOKEN, r.token()).put(JOB, r.job());
          case Download r ->
              to.put(TOKEN, r.token())
                  .put(WORKFLOW, r.workflow())
                  .put(VISIT, r.visit())
                  .put(PAGE, r.page())
                  .put(FORMAT, r.format());
          case Session r -> to.put(TOKEN, r.token());
          case Stay r -> to.put(TOKEN, r.token());
          case Keep r ->
              to.put(TOKEN, r.token())
                  .put(WORKFLOW, r.workflow())
                  .put(VISIT, r.visit())
                  .put(PAGE, r.page())
                  .put(TICKET, r.ticket())
                  .putFormValues(r.values());
          case Forget r -> to.put(TOKEN, r.token());
          case Sessions r -> to.put(TOKEN, r.token());
          case EndSession r -> to.put(TOKEN, r.token()).put(SESSION, r.session());
          case EndOthers r -> to.put(TOKEN, r.token()).put(SESSION, r.session());
          case Speak r -> to.put(TOKEN, r.token()).put(LANGUAGE, r.language());
        };
    return fields.put(LANGUAGES, request.languages());
  }

  private static Request read(byte[] file) throws Malformed {
    if (file.length > MAX_BYTES) {
      throw Malformed.tooLong("longer than " + MAX_BYTES + " bytes");
    }
    RequestReader reader = new RequestReader(file);
    reader.expect(BANNER, "no " + BANNER.strip());
    String verb = reader.verb();
    RequestFields fields = readFields(reader);
    reader.expect(END, "no END");
    reader.expectEnd();

    Request request = take(verb, fields);
    fields.expectNoMore();
    return request;
  }

  private static RequestFields readFields(RequestReader reader) throws Malformed {
    int count = reader.number('\n');
    if (count > MAX_FIELDS) {
      throw Malformed.tooLong("more than " + MAX_FIELDS + " fields");
    }
    RequestFields fields = new RequestFields();
    for (int i = 0; i < count; i++) {
      FieldName name = FieldName.decode(reader.string());
      fields.add(name, reader.string());
    }
    return fields;
  }

  private static Request take(String verb, RequestFields from) throws Malformed {
    return switch (verb) {
      case "login" ->
          new Login(
              from.take(USER),
              from.take(PASSWORD),
              from.take(IDLE),
              from.take(SOURCE),
              from.take(LANGUAGES));
      case "answer" ->
          new LoginAnswer(
              from.take(PENDING), from.takeFormValues(), from.take(SOURCE), from.take(LANGUAGES));
      case "logout" -> new Logout(from.take(TOKEN), from.take(LANGUAGES));
      case "home" -> new Home(from.take(TOKEN), from.take(LANGUAGES));
      case "start" ->
          new Start(
              from.take(TOKEN), from.take(WORKFLOW), from.takeFormValues(), from.take(LANGUAGES));
      case "page" ->
          new View(
              from.take(TOKEN),
              from.take(WORKFLOW),
              from.take(VISIT),
              from.take(PAGE),
              from.takeFormValues(),
              from.take(LANGUAGES));
      case "submit" ->
          new Submit(
              from.take(TOKEN),
              from.take(WORKFLOW),
              from.take(VISIT),
              from.take(PAGE),
              from.take(TICKET),
              from.takeFormValues(),
              from.take(LANGUAGES));
      case "follow" ->
          new Follow(
              from.take(TOKEN),
              from.take(WORKFLOW),
              from.take(VISIT),
              from.take(PAGE),
              from.take(OFFER),
              from.takeFormValues(),
              from.take(LANGUAGES));
      case "again" ->
          new Again(
              from.take(TOKEN),
              from.take(WORKFLOW),
              from.take(VISIT),
              from.take(PAGE),
              from.take(LANGUAGES));
      case "jobs" -> new Jobs(from.take(TOKEN), from.take(LANGUAGES));
      case "job" -> new Job(from.take(TOKEN), from.take(JOB), from.take(LANGUAGES));
      case "output" ->
          new Output(
              from.take(TOKEN),
              from.take(JOB),
              from.take(FROM),
              from.take(FOLLOW),
              from.take(LANGUAGES));
      case "cancel" -> new Cancel(from.take(TOKEN), from.take(JOB), from.take(LANGUAGES));
      case "download" ->
          new Download(
              from.take(TOKEN),
              from.take(WORKFLOW),
              from.take(VISIT),
              from.take(PAGE),
              from.take(FORMAT),
              from.take(LANGUAGES));
      case "session" -> new Session(from.take(TOKEN), from.take(LANGUAGES));
      case "stay" -> new Stay(from.take(TOKEN), from.take(LANGUAGES));
      case "keep" ->
          new Keep(
              from.take(TOKEN),
              from.take(WORKFLOW),
              from.take(VISIT),
              from.take(PAGE),
              from.take(TICKET),
              from.takeFormValues(),
              from.take(LANGUAGES));
      case "forget" -> new Forget(from.take(TOKEN), from.take(LANGUAGES));
      case "sessions" -> new Sessions(from.take(TOKEN), from.take(LANGUAGES));
      case "end" -> new EndSession(from.take(TOKEN), from.take(SESSION), from.take(LANGUAGES));
      case "endothers" -> new EndOthers(from.take(TOKEN), from.take(SESSION), from.take(LANGUAGES));
      case "speak" -> new Speak(from.take(TOKEN), from.take(LANGUAGE), from.take(LANGUAGES));
      default -> throw Malformed.syntax("unknown verb " + verb);
    };
  }
}
