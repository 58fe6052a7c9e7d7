-- Closures, methods through metatables, coroutines, errors that are caught.
local size = tonumber(arg[1])
local account = {}
account.__index = account
local function new(balance) return setmetatable({balance = balance}, account) end
function account:deposit(n) self.balance = self.balance + n; return self end
function account:withdraw(n)
  if n > self.balance then error("insufficient") end
  self.balance = self.balance - n
end
local numbers = coroutine.wrap(function() local i = 0 while true do i = i + 1; coroutine.yield(i) end end)
local total, refused = 0, 0
for i = 1, size * 1000 do
  local a = new(i % 10)
  local n = numbers() % 20
  a:deposit(1):deposit((function(x) return x % 5 end)(i))
  if not pcall(a.withdraw, a, n) then refused = refused + 1 end
  total = total + a.balance
end
print(total, refused)
