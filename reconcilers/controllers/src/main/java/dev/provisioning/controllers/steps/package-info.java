/** The step protocol on machines, for whatever kind runs something there. */
package dev.provisioning.controllers.steps;
