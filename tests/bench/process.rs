//! What the kernel says of a process: CPU time and memory (proc(5)).

use std::time::Duration;

/// Clock ticks a second in `/proc/PID/stat`; 100 on every Linux that Rust runs on.
const TICKS: u64 = 100;

/// CPU time, user and system, that a process has used.
///
/// # Errors
/// When there is no such process.
pub fn cpu(pid: u32) -> anyhow::Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields: Vec<u64> = after_name
        .split_whitespace()
        .map(|field| field.parse().unwrap_or(0))
        .collect();
    let ticks = fields.get(11).unwrap_or(&0) + fields.get(12).unwrap_or(&0);
    Ok(Duration::from_millis(ticks * 1000 / TICKS))
}

/// A line of `/proc/PID/status` in KiB: `VmHWM` (peak) or `VmRSS` (now).
///
/// # Errors
/// When there is no such process or line.
pub fn memory_kib(pid: u32, line: &str) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let value = status.lines().find_map(|text| {
        text.strip_prefix(line)?
            .strip_prefix(':')?
            .trim()
            .strip_suffix(" kB")
    });
    Ok(value
        .ok_or_else(|| anyhow::anyhow!("no {line}"))?
        .trim()
        .parse()?)
}
