//! The feeds of public alerts, as readers and other systems fetch them.
