-- Tables as arrays and as maps: filling, sorting, walking.
local size = tonumber(arg[1])
local state, checksum = 42, 0
local function random() state = (state * 16807) % 2147483647; return state end
for _ = 1, math.max(1, size * 50 // 1000) do
  local list, seen = {}, {}
  for i = 1, 10000 do list[i] = random() end
  table.sort(list)
  table.sort(list, function(a, b) return a % 1000 > b % 1000 end)
  for i, value in ipairs(list) do seen["k" .. value % 5000] = i end
  for key, i in pairs(seen) do checksum = (checksum + #key * i) % 1000003 end
end
print(checksum)
