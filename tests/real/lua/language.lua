-- The language: scopes, closures, varargs, goto, metatables, integers, errors.
local function counter(step)
  local n <const> = step or 1
  local value = 0
  return function() value = value + n; return value end
end
local a, b = counter(), counter(10)
assert(a() == 1 and a() == 2 and b() == 10 and b() == 20)

local closures = {}
for i = 1, 5 do closures[i] = function() i = i + 1; return i end end
assert(closures[1]() == 2 and closures[1]() == 3 and closures[5]() == 6)

local function count(...) return select("#", ...), ... end
print(count(nil, nil, 3))
print((count(1, 2)), count())

local total = 0
for i = 10, 1, -3 do
  for j = 1, 3 do
    if j == 2 then goto continue end
    total = total + i * j
    ::continue::
  end
end
print("goto", total)

local i = 0
repeat local done = i >= 3; i = i + 1 until done
while true do i = i + 1; if i > 7 then break end end
print("loops", i)

print(7 // 2, -7 // 2, 7.5 // 2, 7 % -3, -7 % 3, 5.5 % 2, 2 ^ 10, 1 / 0, -1 / 0)
print(3 & 5, 3 | 5, 3 ~ 5, ~0, 1 << 62, 1 << 64, -1 >> 1, "10" + 5, "0x10" * 2)
print(math.maxinteger + 1 == math.mininteger, math.type(1), math.type(1.0), 1 == 1.0)
print(10 // 0.0, pcall(function() return 10 // 0 end))
print(#"abc" .. 1 .. 2.0, "a" < "b", not nil == true, 1 and 2, nil or "default")

local vector = {}
vector.__index = vector
vector.__add = function(u, v) return setmetatable({u[1] + v[1], u[2] + v[2]}, vector) end
vector.__eq = function(u, v) return u[1] == v[1] and u[2] == v[2] end
vector.__lt = function(u, v) return u[1] < v[1] end
vector.__le = function(u, v) return u[1] <= v[1] end
vector.__len = function() return 2 end
vector.__call = function(self, k) return self[1] * k, self[2] * k end
vector.__concat = function(u, v) return tostring(u) .. "&" .. tostring(v) end
vector.__tostring = function(u) return "(" .. u[1] .. "," .. u[2] .. ")" end
vector.__unm = function(u) return setmetatable({-u[1], -u[2]}, vector) end
vector.__close = function(u) print("closed", u) end
local u, v = setmetatable({1, 2}, vector), setmetatable({3, 4}, vector)
print(tostring(u + v), u == v, u < v, u <= v, #u, u(10))
print(u .. v, tostring(-u), rawequal(u, u), rawlen(u))
do local scoped <close> = v; print("inside") end

local missing = setmetatable({}, {
  __index = function(_, k) return k .. "?" end,
  __newindex = function(t, k, w) rawset(t, k, w * 2) end,
})
missing.x = 21
print(missing.x, missing.y)

local proxy = setmetatable({}, {__pairs = function() return function(_, k)
  if not k then return 1, "one" elseif k < 3 then return k + 1, "more" end
end, nil, nil end})
for k, w in pairs(proxy) do io.write(k, "=", w, " ") end
print()

print(pcall(error, {code = 5}) == false, select(2, pcall(error, "message", 0)))
print(pcall(function() local t = nil; return t.x end))
print(pcall(function() return 1 + {} end))
print(pcall(function() return #5 end))
print(pcall(function() return {} < {} end))
print(pcall(function() undefined() end))
print(xpcall(function() error("deep") end, function(m) return "handled: " .. m end))
print(select(2, pcall(string.rep, "x", -1)) == "", pcall(string.rep))
local depth = 0
local function forever() depth = depth + 1; return 1 + forever() end
local ok, message = pcall(forever)
print(ok, message:match("stack overflow"), depth > 1000)
print(load("return 1 +"), load("x ="), load("for"))
print(pcall(load("local a <const> = 1; return a + ...", "chunk"), 41))
print(load(string.dump(function(x) return x * 2 end))(21))
print(load("return _ENV.y", "named", "t", {y = "own environment"})())

local function loop(n) if n == 0 then return "tail" end return loop(n - 1) end
print(loop(200000))
