/**
 * The fault harness: a scenario runs once undisturbed while its failpoints are recorded, then once
 * per failpoint with the operator killed there; afterwards nothing may tell the runs apart. How to
 * run it and how to add to it: {@code docs/faults.md}.
 */
package dev.provisioning.faults;
