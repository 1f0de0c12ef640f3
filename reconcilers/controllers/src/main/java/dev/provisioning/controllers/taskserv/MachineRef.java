package dev.provisioning.controllers.taskserv;

/**
 * A TaskServ on one machine. {@code machine} is the Server uid, {@code incarnation} tells its
 * machines apart: what was read from an earlier one says nothing about its successor.
 */
record MachineRef(String taskServUid, String taskServ, String machine, int incarnation) {}
