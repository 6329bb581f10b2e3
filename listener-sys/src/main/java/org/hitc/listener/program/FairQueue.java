package org.hitc.listener.program;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A number of places, and the line of those who wait for one. Users take turns (round robin), and
 * the turns of one user come in the order in which they were asked for: who asks for much waits
 * behind himself, not in front of others. Safe for threads.
 */
final class FairQueue {
  private final ReentrantLock lock = new ReentrantLock();

  /** The user whose turn is next stands first; nobody stands here without a waiting turn. */
  private final SequencedMap<String, Deque<Turn>> line = new LinkedHashMap<>();

  /** More than none only while nobody waits. */
  private int free;

  /**
   * @param places how many turns may be held at once
   */
  FairQueue(int places) {
    this.free = places;
  }

  /** Takes a place, or the last position of this user in the line. */
  Turn enter(String user) {
    lock.lock();
    try {
      Turn turn = new Turn(user, lock.newCondition());
      if (free > 0) {
        free--;
        turn.state = State.HELD;
      } else {
        line.computeIfAbsent(user, _ -> new ArrayDeque<>()).addLast(turn);
      }
      return turn;
    } finally {
      lock.unlock();
    }
  }

  private enum State {
    WAITING,
    HELD,
    OVER
  }

  /** One request for a place; to be closed, whatever became of it. */
  final class Turn implements AutoCloseable {
    private final String user;
    private final Condition changed;
    private State state = State.WAITING;

    private Turn(String user, Condition changed) {
      this.user = user;
      this.changed = changed;
    }

    /** True as soon as it has the place; false when it was closed, or waited so long in vain. */
    boolean await(Duration patience) {
      long nanos = patience.toNanos();
      lock.lock();
      try {
        while (state == State.WAITING && nanos > 0) {
          nanos = changed.awaitNanos(nanos);
        }
        return state == State.HELD;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return state == State.HELD;
      } finally {
        lock.unlock();
      }
    }

    /** How many get a place before this one if nobody else comes; nothing when it does not wait. */
    OptionalInt before() {
      lock.lock();
      try {
        return state == State.WAITING ? OptionalInt.of(countBefore(this)) : OptionalInt.empty();
      } finally {
        lock.unlock();
      }
    }

    /** Gives the place back, or leaves the line; the second time it does nothing. */
    @Override
    public void close() {
      lock.lock();
      try {
        State was = state;
        state = State.OVER;
        switch (was) {
          case WAITING -> {
            leave(this);
            changed.signalAll();
          }
          case HELD -> handOn();
          case OVER -> {}
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** A place is free: the next user's next turn gets it, and the user goes to the end. */
  private void handOn() {
    Iterator<Map.Entry<String, Deque<Turn>>> users = line.entrySet().iterator();
    if (!users.hasNext()) {
      free++;
      return;
    }
    Map.Entry<String, Deque<Turn>> first = users.next();
    String user = first.getKey();
    Deque<Turn> turns = first.getValue();
    users.remove();
    Turn next = turns.removeFirst();
    if (!turns.isEmpty()) {
      line.putLast(user, turns);
    }
    next.state = State.HELD;
    next.changed.signalAll();
  }

  private void leave(Turn turn) {
    line.computeIfPresent(
        turn.user,
        (_, turns) -> {
          turns.remove(turn);
          return turns.isEmpty() ? null : turns;
        });
  }

  /** Every user in front gets as many turns as this one's user until then, and one more. */
  private int countBefore(Turn turn) {
    int own = 0;
    for (Turn earlier : line.getOrDefault(turn.user, new ArrayDeque<>())) {
      if (earlier == turn) {
        break;
      }
      own++;
    }
    int before = own;
    boolean inFront = true;
    for (Map.Entry<String, Deque<Turn>> other : line.entrySet()) {
      if (other.getKey().equals(turn.user)) {
        inFront = false;
      } else {
        before += Math.min(other.getValue().size(), inFront ? own + 1 : own);
      }
    }
    return before;
  }
}
