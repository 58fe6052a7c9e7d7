-- Coroutines, the collector, weak tables, finalizers, and the debug library.
local function generate(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i, i * i) end end) end
for i, square in generate(4) do io.write(i, ":", square, " ") end
print()

local worker = coroutine.create(function(a, b)
  print("started", a, b, coroutine.isyieldable())
  local c = coroutine.yield(a + b)
  local d, e = coroutine.yield(c * 2)
  error({d, e})
end)
print(coroutine.resume(worker, 1, 2))
print(coroutine.status(worker), coroutine.resume(worker, 10))
local ok, problem = coroutine.resume(worker, "x", "y")
print(ok, problem[1], problem[2], coroutine.status(worker), coroutine.resume(worker))
print(coroutine.wrap(function() return pcall(function() return coroutine.yield(1) end) end)())
local closing = coroutine.create(function() local c <close> = setmetatable({}, {__close = function() print("closed") end}); coroutine.yield() end)
coroutine.resume(closing)
print(coroutine.close(closing), coroutine.status(closing))
print(select(2, coroutine.running()), coroutine.isyieldable())

local function permutations(list, n)
  n = n or #list
  if n <= 1 then coroutine.yield(list) end
  for i = 1, n do
    list[n], list[i] = list[i], list[n]
    permutations(list, n - 1)
    list[n], list[i] = list[i], list[n]
  end
end
local count = 0
for p in coroutine.wrap(function() permutations({1, 2, 3, 4, 5, 6}) end) do count = count + p[1] end
print("permutations", count)

local sieve = {}
for i = 1, 200 do sieve[i] = coroutine.wrap(function() for k = i, 1000, i do coroutine.yield(k) end end) end
local sum = 0
for i = 1, 200 do sum = sum + sieve[i]() + (sieve[i]() or 0) end
print("sieve", sum)

for _, mode in ipairs {"incremental", "generational"} do
  collectgarbage(mode)
  local keep, finalized = {}, 0
  for i = 1, 20000 do
    local t = setmetatable({i, tostring(i), {i}}, {__gc = i % 100 == 0 and function() finalized = finalized + 1 end or nil})
    if i % 10 == 0 then keep[#keep + 1] = t end
    if i % 5000 == 0 then collectgarbage("step", 100) end
  end
  local checksum = 0
  for _, t in ipairs(keep) do checksum = checksum + t[1] + #t[2] + t[3][1] end
  keep = nil
  collectgarbage(); collectgarbage()
  print(mode, checksum, finalized, collectgarbage("count") < 20000)
end

local weak, ephemeron = setmetatable({}, {__mode = "v"}), setmetatable({}, {__mode = "k"})
for i = 1, 100 do local t = {}; weak[i] = t; ephemeron[t] = {t} end
weak.kept = "a string"
collectgarbage()
local left = 0
for _ in pairs(weak) do left = left + 1 end
for _ in pairs(ephemeron) do left = left + 1 end
print("weak", left)

local resurrected
do
  local t = setmetatable({"back"}, {__gc = function(o) resurrected = o end})
  t = nil
end
collectgarbage()
print(resurrected and resurrected[1])

local long = {}
for i = 1, 5000 do long[i] = ("piece %d"):format(i) end
local text = table.concat(long)
print(#text, #text:rep(50), select("#", table.unpack(long, 1, 200)))
local keys = {}
for i = 1, 10000 do keys["k" .. i] = i; keys[i] = true; keys[i + 0.5] = false end
for i = 1, 10000, 2 do keys["k" .. i] = nil; keys[i] = nil end
local n = 0
for _ in pairs(keys) do n = n + 1 end
print("keys", n)

local function named(x, y) local z = x; return debug.getinfo(1, "nSlu"), debug.getlocal(1, 3) end
local information, name, value = named(7)
print(information.name, information.nparams, information.what, information.currentline, name, value)
local lines = 0
debug.sethook(function() lines = lines + 1 end, "l")
local x = 1
x = x + 1
debug.sethook()
print("lines", lines, debug.gethook())
print((debug.traceback("trace", 1):gsub("%[C%].*", "")))
local upvalue = 5
local function uses() return upvalue end
print(debug.getupvalue(uses, 1), debug.setupvalue(uses, 1, 6), uses())
