package org.hitc.channel.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.hitc.channel.Request;

/** Requests of every verb with random, well-formed fields. */
final class RandomRequests {
  private static final String HANDLE = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final String JOB = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final RandomGenerator random;

  RandomRequests(RandomGenerator random) {
    this.random = random;
  }

  Request next() {
    return switch (random.nextInt(22)) {
      case 20 -> new Request.LoginAnswer(from(HANDLE, 32), values(), "192.0.2.1", text(64));
      case 21 -> new Request.Speak(text(64), "pt-BR", text(64));
      case 0 -> new Request.Login(text(64), text(64), digits(), "2001:db8::1", text(64));
      case 1 -> new Request.Logout(text(64), text(64));
      case 2 -> new Request.Home(text(64), text(64));
      case 3 -> new Request.Start(text(64), workflow(), values(), text(64));
      case 4 -> new Request.View(text(64), workflow(), handle(), handle(), values(), text(64));
      case 5 ->
          new Request.Submit(
              text(64), workflow(), handle(), handle(), handle(), values(), text(64));
      case 6 ->
          new Request.Follow(
              text(64), workflow(), handle(), handle(), handle(), values(), text(64));
      case 7 -> new Request.Cancel(text(64), job(), text(64));
      case 8 -> new Request.Again(text(64), workflow(), handle(), handle(), text(64));
      case 9 -> new Request.Jobs(text(64), text(64));
      case 10 -> new Request.Job(text(64), job(), text(64));
      case 11 ->
          new Request.Output(
              text(64),
              job(),
              Integer.toString(random.nextInt(Integer.MAX_VALUE)),
              random.nextBoolean() ? "yes" : "no",
              text(64));
      case 12 -> new Request.Session(text(64), text(64));
      case 13 -> new Request.Stay(text(64), text(64));
      case 14 ->
          new Request.Keep(text(64), workflow(), handle(), handle(), handle(), values(), text(64));
      case 15 -> new Request.Forget(text(64), text(64));
      case 16 -> new Request.Sessions(text(64), text(64));
      case 17 -> new Request.EndSession(text(64), handle(), text(64));
      case 18 -> new Request.EndOthers(text(64), handle(), text(64));
      default -> new Request.Download(text(64), workflow(), handle(), handle(), "csv", text(64));
    };
  }

  /** Any characters: separators of ours, controls, NUL, and beyond the first plane. */
  String text(int maxLength) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(maxLength + 1);
    while (text.length() < length) {
      switch (random.nextInt(4)) {
        case 0 -> text.append(":,\n[]0123456789END".charAt(random.nextInt(18)));
        case 1 -> text.append((char) random.nextInt(0x80));
        case 2 -> text.append((char) random.nextInt(0xd800));
        default -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
      }
    }
    return text.toString();
  }

  private Map<String, List<String>> values() {
    Map<String, List<String>> values = new HashMap<>();
    int fields = random.nextInt(6);
    for (int i = 0; i < fields; i++) {
      List<String> texts = new ArrayList<>();
      int count = random.nextInt(4);
      for (int j = 0; j < count; j++) {
        texts.add(text(200));
      }
      values.put("f" + from(HANDLE + "_.-", random.nextInt(61)), texts);
    }
    return values;
  }

  private String job() {
    return from(JOB, 4) + "-" + from(JOB, 2);
  }

  private String workflow() {
    return "w" + from(HANDLE + "_", random.nextInt(64));
  }

  private String handle() {
    return from(HANDLE, random.nextInt(1, 65));
  }

  private String digits() {
    return from("0123456789", random.nextInt(5));
  }

  private String from(String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
