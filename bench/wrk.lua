-- What wrk sends: signed deliveries from a file, each with a fresh X-GitHub-Delivery; at a rate where one is given.
--   wrk -s bench/wrk.lua … -- FILE RUN RATE      (bench/generator.py writes FILE and calls this)
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long s; long ns; } bench_moment;
  int clock_gettime(int clock, bench_moment *moment);
]]

local ready, run, sent, moment = {}, "", 0, ffi.new("bench_moment")

local function now()
  ffi.C.clock_gettime(1, moment)
  return tonumber(moment.s) * 1000 + tonumber(moment.ns) / 1e6
end

function init(args)
  run = args[2]
  local file = assert(io.open(args[1], "rb"))
  for line in file:lines() do
    local before, after = line:match("^(%d+) (%d+)$")
    ready[#ready + 1] = { file:read(tonumber(before)), file:read(tonumber(after)) }
    file:read(1)
  end
  file:close()
  local rate = tonumber(args[3])
  if rate > 0 then
    -- Each connection that is free takes the next moment at which something is to be sent.
    local due
    function delay()
      due = due and due + 1000 / rate or now()
      return math.max(0, math.floor(due - now()))
    end
  end
end

function request()
  sent = sent + 1
  local one = ready[sent % #ready + 1]
  return one[1] .. string.format("%s-%08d", run, sent) .. one[2]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"sent": %d, "refused": %d, "per_second": %.1f, "p50_ms": %.2f, "p99_ms": %.2f, "max_ms": %.2f}\n',
    summary.requests,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000
  ))
end
