-- Calls of Lua functions, and little else.
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
local size = tonumber(arg[1]) -- in thousandths of a full run
local sum = 0
for _ = 1, math.max(1, size * 1400 // 1000) do sum = sum + fib(20) end
print(sum)
