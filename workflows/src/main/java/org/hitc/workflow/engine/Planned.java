package org.hitc.workflow.engine;

import java.util.List;
import java.util.Optional;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.model.ProgramCall;

/** A program that a chain will run, before its values are filled in. */
record Planned(
    Pending.Call call,
    ProgramCall program,
    List<Integer> successExit,
    Optional<String> encoding,
    Limits limits,
    boolean writes) {}
